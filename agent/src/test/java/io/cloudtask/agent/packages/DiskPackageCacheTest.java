package io.cloudtask.agent.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cloudtask.agent.packages.PackageCache.Prepared;
import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskPackageCacheTest {
  private static final String JOB = "399d4b159c65c9b34d2a3c41";
  private static final String OTHER = "33bd7b52592f4f2c45262e3b";

  @TempDir Path save;
  private HttpServer store;
  private final Map<String, byte[]> packages = new ConcurrentHashMap<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private DiskPackageCache cache;

  @BeforeEach
  void startStore() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext(
        "/api/file/default/",
        exchange -> {
          fetches.incrementAndGet();
          String name = exchange.getRequestURI().getPath().substring("/api/file/default/".length());
          boolean trusted =
              "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = packages.get(name);
          exchange.sendResponseHeaders(!trusted ? 401 : body == null ? 404 : 200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(body == null ? new byte[0] : body);
          }
        });
    store.start();
    cache = cache("secret");
  }

  @AfterEach
  void stopStore() {
    store.stop(0);
  }

  @Test
  void a_job_without_a_package_gets_an_empty_directory() {
    Path directory = ready(cache.prepare(JOB, "", null));

    assertThat(directory)
        .isEqualTo(save.resolve(JOB).resolve("d41d8cd98f00b204e9800998ecf8427e"))
        .isEmptyDirectory();
  }

  @Test
  void a_package_is_fetched_once_for_all_jobs_that_share_it() throws Exception {
    PackageRef pack = upload("tool 1.tar.gz", new Tars().file("run.sh", 0755, "echo 1").bytes());

    Path first = ready(cache.prepare(JOB, "tool 1.tar.gz", pack));
    Path second = ready(cache.prepare(OTHER, "tool 1.tar.gz", pack));
    ready(cache.prepare(JOB, "tool 1.tar.gz", pack));

    assertThat(first.resolve("run.sh")).hasContent("echo 1").isExecutable();
    assertThat(second.resolve("run.sh")).hasContent("echo 1");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void a_package_comes_from_another_center_when_the_console_does_not_answer() throws Exception {
    PackageRef pack = upload("a.tgz", new Tars().file("f", 0644, "1").bytes());
    String nowhere = "http://127.0.0.1:1";
    DiskPackageCache cut =
        DiskPackageCache.over(
            save,
            () -> nowhere,
            new DiskPackageCache.Access("secret", Tls.NONE),
            1 << 20,
            now::get);
    assertThat(unavailable(cut.prepare(JOB, "a.tgz", pack))).contains("can't be reached");

    cut.alsoFrom(() -> List.of(nowhere, host()));

    assertThat(ready(cut.prepare(JOB, "a.tgz", pack)).resolve("f")).hasContent("1");
  }

  @Test
  void an_unchanged_package_is_left_alone() throws Exception {
    PackageRef pack = upload("a.tgz", new Tars().file("f", 0644, "1").bytes());
    Path directory = ready(cache.prepare(JOB, "a.tgz", pack));
    Files.writeString(directory.resolve("state"), "of the job");

    ready(cache("secret").prepare(JOB, "a.tgz", pack));

    assertThat(directory.resolve("state")).hasContent("of the job");
  }

  @Test
  void other_content_under_the_same_name_replaces_the_old_one_whole() throws Exception {
    PackageRef one = upload("a.tgz", new Tars().file("old", 0644, "1").bytes());
    Path directory = ready(cache.prepare(JOB, "a.tgz", one));
    PackageRef two = upload("a.tgz", new Tars().file("new", 0644, "2").bytes());

    assertThat(ready(cache.prepare(JOB, "a.tgz", two))).isEqualTo(directory);

    assertThat(directory.resolve("new")).hasContent("2");
    assertThat(directory.resolve("old")).doesNotExist();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void a_failed_replacement_leaves_the_old_content() throws Exception {
    PackageRef one = upload("a.tgz", new Tars().file("old", 0644, "1").bytes());
    Path directory = ready(cache.prepare(JOB, "a.tgz", one));
    PackageRef two = upload("a.tgz", new Tars().file("x", 0644, "").file("../y", 0644, "").bytes());

    assertThat(unavailable(cache.prepare(JOB, "a.tgz", two))).contains("contains ..");

    assertThat(directory.resolve("old")).hasContent("1");
    assertThat(children(save.resolve(JOB))).containsExactly(directory);
  }

  @Test
  void a_package_whose_content_is_another_is_refused() throws Exception {
    byte[] bytes = new Tars().file("f", 0644, "1").bytes();
    PackageRef pack = upload("a.tgz", bytes);
    byte[] forged = bytes.clone();
    forged[forged.length - 1] ^= 1;
    packages.put("a.tgz", forged);

    assertThat(unavailable(cache.prepare(JOB, "a.tgz", pack))).contains("SHA-256");
    assertThat(save.resolve("packages")).isEmptyDirectory();
  }

  @Test
  void a_package_longer_or_shorter_than_it_should_be_is_refused() throws Exception {
    byte[] bytes = new Tars().file("f", 0644, "1").bytes();
    PackageRef pack = upload("a.tgz", bytes);

    packages.put("a.tgz", new byte[bytes.length + 100_000]);
    assertThat(unavailable(cache.prepare(JOB, "a.tgz", pack))).contains("more came");
    packages.put("a.tgz", new byte[3]);
    assertThat(unavailable(cache.prepare(JOB, "a.tgz", pack))).contains("3 came");
  }

  @Test
  void a_damaged_copy_on_disk_is_fetched_again() throws Exception {
    PackageRef pack = upload("a.tgz", new Tars().file("f", 0644, "1").bytes());
    ready(cache.prepare(JOB, "a.tgz", pack));
    Files.writeString(save.resolve("packages").resolve(pack.sha256()), "rot");

    assertThat(ready(cache.prepare(OTHER, "a.tgz", pack)).resolve("f")).hasContent("1");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void what_is_missing_is_said_in_words() throws Exception {
    PackageRef gone = new PackageRef("gone.zip", "0".repeat(64), 5);
    assertThat(unavailable(cache.prepare(JOB, "gone.zip", gone)))
        .contains("no package \"gone.zip\"");
    assertThat(unavailable(cache.prepare(JOB, "gone.zip", null))).contains("upload it");
    assertThat(unavailable(cache("wrong").prepare(JOB, "gone.zip", gone))).contains("token");
    stopStore();
    assertThat(unavailable(cache.prepare(JOB, "gone.zip", gone))).contains("can't be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.zip", "a/b.zip", "x.rar", "..", "a\u0000.zip"})
  void a_bad_file_name_is_never_asked_for(String name) {
    PackageRef pack = new PackageRef(name, "0".repeat(64), 5);

    assertThat(unavailable(cache.prepare(JOB, name, pack))).contains("plain name");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void a_bad_hash_or_job_id_never_becomes_a_path() {
    PackageRef pack = new PackageRef("a.zip", "../../etc/passwd", 5);

    assertThat(unavailable(cache.prepare(JOB, "a.zip", pack))).contains("SHA-256");
    assertThatThrownBy(() -> cache.prepare("../" + JOB, "", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void many_at_once_get_one_whole_content() throws Exception {
    PackageRef pack = upload("a.tgz", new Tars().file("f", 0644, "1").bytes());
    List<Callable<Prepared>> calls =
        IntStream.range(0, 32)
            .mapToObj(i ->
                (Callable<Prepared>) () -> cache.prepare(i % 2 == 0 ? JOB : OTHER, "a.tgz", pack))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(ready(call.get()).resolve("f")).hasContent("1");
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void cleaning_removes_jobs_not_held_and_nothing_else() throws IOException {
    Path held = ready(cache.prepare(JOB, "", null));
    Path gone = ready(cache.prepare(OTHER, "", null));
    Path runs = Files.createDirectories(save.resolve("runs/2026-01-01"));

    cache.clean(Set.of(JOB));
    assertThat(gone).as("just prepared, perhaps just taken on").exists();
    passes(Duration.ofHours(1));
    cache.clean(Set.of(JOB));

    assertThat(held).exists();
    assertThat(runs).exists();
    assertThat(gone.getParent()).doesNotExist();
  }

  @Test
  void cleaning_leaves_a_directory_in_which_a_process_works() throws Exception {
    Path gone = ready(cache.prepare(OTHER, "", null));
    passes(Duration.ofHours(1));
    Process process = new ProcessBuilder("sleep", "600").directory(gone.toFile()).start();
    try {
      cache.clean(Set.of());
      assertThat(gone).exists();
    } finally {
      process.destroyForcibly().waitFor();
    }
    cache.clean(Set.of());
    assertThat(gone.getParent()).doesNotExist();
  }

  @Test
  void cleaning_removes_replaced_content_and_packages_unused_for_long() throws Exception {
    byte[] older = new Tars().file("f", 0644, "1").bytes();
    byte[] newer = new Tars().file("f", 0644, "2").bytes();
    PackageRef next = upload("b.tgz", new Tars().file("f", 0644, "3").bytes());
    PackageRef one = upload("a.tgz", older);
    ready(cache.prepare(JOB, "a.tgz", one));
    PackageRef two = upload("a.tgz", newer);
    Path early = ready(cache.prepare(JOB, "a.tgz", two));
    passes(Duration.ofHours(1));
    Path current = ready(cache.prepare(JOB, "b.tgz", next));

    cache.clean(Set.of(JOB));
    assertThat(children(save.resolve(JOB))).containsExactlyInAnyOrder(early, current);
    passes(Duration.ofDays(30));
    cache.clean(Set.of(JOB));
    assertThat(children(save.resolve(JOB))).containsExactly(current);
  }

  private DiskPackageCache cache(String token) {
    return DiskPackageCache.over(
        save, this::host, new DiskPackageCache.Access(token, Tls.NONE), 1 << 20, now::get);
  }

  private String host() {
    return "http://127.0.0.1:" + store.getAddress().getPort() + "/";
  }

  private void passes(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private PackageRef upload(String name, byte[] bytes) throws NoSuchAlgorithmException {
    packages.put(name, bytes);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return new PackageRef(name, HexFormat.of().formatHex(digest), bytes.length);
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }

  private static Path ready(Prepared prepared) {
    assertThat(prepared).isInstanceOf(Prepared.Ready.class);
    return ((Prepared.Ready) prepared).workDirectory();
  }

  private static String unavailable(Prepared prepared) {
    assertThat(prepared).isInstanceOf(Prepared.Unavailable.class);
    return ((Prepared.Unavailable) prepared).reason();
  }
}
