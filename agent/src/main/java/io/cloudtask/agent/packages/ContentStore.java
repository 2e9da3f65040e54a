package io.cloudtask.agent.packages;

import io.cloudtask.model.exchange.PackageRef;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The last packages fetched, by content, so that jobs that share one fetch it once. Thread-safe, as
 * long as one content is asked for by one thread at a time.
 */
final class ContentStore {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String TEMPORARY = ".fetch-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path directory;
  private final PackageSource source;
  private final long keepBytes;
  private final InstantSource clock;

  /**
   * @param keepBytes of packages kept after use; what was used longest ago goes first
   */
  ContentStore(Path directory, PackageSource source, long keepBytes, InstantSource clock) {
    this.directory = directory;
    this.source = source;
    this.keepBytes = keepBytes;
    this.clock = clock;
  }

  /**
   * A file with exactly the content of the package.
   *
   * @throws IOException with one sentence for people when it can't be had
   */
  Path get(PackageRef pack) throws IOException, InterruptedException {
    if (!SHA256.matcher(pack.sha256()).matches()) {
      throw new PackageRejectedException("the SHA-256 of the package is not 64 hex digits");
    }
    Path file = directory.resolve(pack.sha256());
    if (!Files.isRegularFile(file) || !digest(file).equals(pack.sha256())) {
      fetch(pack, file);
    }
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return file;
  }

  /** Removes what dead fetches left, and what was used longest ago until what is left fits. */
  void trim() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    removeAbandoned();
    long kept = 0;
    for (Path file : newestFirst()) {
      kept += Files.size(file);
      if (kept > keepBytes) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void removeAbandoned() throws IOException {
    Instant before = clock.instant().minus(ABANDONED);
    try (var files = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private List<Path> newestFirst() throws IOException {
    record Used(Path file, FileTime at) {}
    List<Used> all;
    try (Stream<Path> files = Files.list(directory)) {
      all =
          files
              .filter(file -> SHA256.matcher(file.getFileName().toString()).matches())
              .map(file -> new Used(file, FileTime.fromMillis(file.toFile().lastModified())))
              .toList();
    }
    return all.stream().sorted(Comparator.comparing(Used::at).reversed()).map(Used::file).toList();
  }

  private void fetch(PackageRef pack, Path file) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, TEMPORARY, null);
    try {
      MessageDigest digest = sha256();
      try (OutputStream out =
          new DigestOutputStream(
              new BufferedOutputStream(Files.newOutputStream(temporary)), digest)) {
        source.fetch(pack, out);
      }
      check(pack, Files.size(temporary), HexFormat.of().formatHex(digest.digest()));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void check(PackageRef pack, long size, String actual)
      throws PackageRejectedException {
    if (size != pack.size()) {
      throw new PackageRejectedException(
          "the package \"%s\" should have %d bytes, but %s came"
              .formatted(
                  pack.filename(),
                  pack.size(),
                  size > pack.size() ? "more" : String.valueOf(size)));
    }
    if (!actual.equals(pack.sha256())) {
      throw new PackageRejectedException(
          "the package \"%s\" is not the one that the job means: its SHA-256 is %s instead of %s"
              .formatted(pack.filename(), actual, pack.sha256()));
    }
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
