package io.cloudtask.agent.packages;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work directories on this host's disk. Thread-safe. */
public final class DiskPackageCache implements PackageCache {
  private static final Logger LOG = System.getLogger(DiskPackageCache.class.getName());
  private static final String CONTENT = "packages";
  private static final long KEEP_BYTES = 512L * 1024 * 1024;

  /** A job taken on while a cleaning was already under way is not yet among those held. */
  private static final Duration JUST_PREPARED = Duration.ofMinutes(10);

  private final Path saveDirectory;
  private final PackageSource source;
  private final ContentStore contents;
  private final UnpackLimits limits;
  private final InstantSource clock;
  private final KeyedLocks jobLocks = new KeyedLocks();
  private final KeyedLocks contentLocks = new KeyedLocks();
  private final Map<String, Instant> prepared = new ConcurrentHashMap<>();

  DiskPackageCache(
      Path saveDirectory, PackageSource source, UnpackLimits limits, InstantSource clock) {
    this.saveDirectory = saveDirectory.toAbsolutePath().normalize();
    this.source = source;
    this.contents =
        new ContentStore(this.saveDirectory.resolve(CONTENT), source, KEEP_BYTES, clock);
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * How a console is reached.
   *
   * @param token of the cluster, or null when none is used
   */
  public record Access(@Nullable String token, Tls tls) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Access[]";
    }
  }

  /**
   * A cache that fetches from a console.
   *
   * @param saveDirectory holds the work directories
   * @param websiteHost base URL; asked for each fetch, because it may follow the coordinator
   * @param access to the console
   * @param maxUnpackedBytes that a package may have once unpacked
   */
  public static DiskPackageCache over(
      Path saveDirectory,
      Supplier<String> websiteHost,
      Access access,
      long maxUnpackedBytes,
      InstantSource clock) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    access.tls().client().ifPresent(client::sslContext);
    return new DiskPackageCache(
        saveDirectory,
        new HttpPackageSource(client.build(), websiteHost, access.token()),
        UnpackLimits.ofBytes(maxUnpackedBytes),
        clock);
  }

  @Override
  public Prepared prepare(String jobId, String filename, @Nullable PackageRef pack) {
    if (!Ids.isJobId(jobId)) {
      throw new IllegalArgumentException("not a job id: " + jobId);
    }
    try (var _ = jobLocks.hold(jobId)) {
      prepared.put(jobId, clock.instant());
      WorkDirectory directory = WorkDirectory.of(saveDirectory, jobId, filename);
      if (filename.isEmpty()) {
        Files.createDirectories(directory.path());
      } else {
        fill(directory, filename, pack);
      }
      return new Prepared.Ready(directory.path());
    } catch (IOException e) {
      return new Prepared.Unavailable(inWords(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Prepared.Unavailable("the agent is shutting down");
    }
  }

  @Override
  public void alsoFrom(Supplier<List<String>> centers) {
    source.alsoFrom(centers);
  }

  @Override
  public void clean(Set<String> heldJobs) {
    try {
      Cleaning cleaning = new Cleaning(Occupants.now(), clock.instant());
      try (DirectoryStream<Path> children = Files.newDirectoryStream(saveDirectory)) {
        for (Path child : children) {
          cleanOne(child, heldJobs, cleaning);
        }
      }
      contents.trim();
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "nothing to clean: {0} is not there", e.getFile());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "can''t clean {0}: {1}", saveDirectory, inWords(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill(WorkDirectory directory, String filename, @Nullable PackageRef pack)
      throws IOException, InterruptedException {
    if (!Archives.isPackageName(filename)) {
      throw new PackageRejectedException(
          "the job's file name is not that of a package: a plain name that ends in .tar.gz, .tgz or"
              + " .zip is");
    }
    if (pack == null) {
      throw new PackageRejectedException(
          "the center knows no package \"%s\"; upload it".formatted(filename));
    }
    if (!directory.holds(pack.sha256())) {
      try (var _ = contentLocks.hold(pack.sha256())) {
        Path archive = contents.get(pack);
        directory.replace(filename, archive, pack.sha256(), limits);
      }
    }
    directory.touch(clock.instant());
  }

  private void cleanOne(Path child, Set<String> heldJobs, Cleaning cleaning)
      throws InterruptedException {
    String jobId = child.getFileName().toString();
    if (!Ids.isJobId(jobId) || !Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var _ = jobLocks.hold(jobId)) {
      Instant last = prepared.getOrDefault(jobId, Instant.MIN);
      if (heldJobs.contains(jobId) || last.plus(JUST_PREPARED).isAfter(cleaning.now())) {
        cleaning.tidyJob(child);
      } else {
        cleaning.removeJob(child);
        prepared.remove(jobId);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "can''t clean the work directory {0}: {1}", child, inWords(e));
    }
  }

  private static String inWords(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists ->
          exists.getFile() + " is in the way: it is not a directory";
      case NoSuchFileException missing -> missing.getFile() + " has vanished";
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      default -> {
        String message = e.getMessage();
        yield message == null ? e.getClass().getSimpleName() : message;
      }
    };
  }
}
