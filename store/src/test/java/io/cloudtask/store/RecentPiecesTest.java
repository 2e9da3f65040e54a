package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentPiecesTest {
  @Test
  void the_least_recently_used_one_makes_room() {
    RecentPieces recent = new RecentPieces(2);
    recent.keep("a", 0, new byte[] {1});
    recent.keep("a", 1, new byte[] {2});
    assertThat(recent.find("a", 0)).isPresent();
    recent.keep("b", 0, new byte[] {3});

    assertThat(recent.find("a", 0)).contains(new byte[] {1});
    assertThat(recent.find("a", 1)).isEmpty();
    assertThat(recent.find("b", 0)).contains(new byte[] {3});
  }

  @Test
  void what_was_read_is_not_asked_of_the_store_again(@TempDir Path directory) throws IOException {
    byte[] content = new byte[Packages.PIECE * 2 + 5];
    new Random(1).nextBytes(content);
    Store store = Store.open(directory.resolve("cloudtask.db"), Clock.systemUTC());
    PackageFiles keeping = new PackageFiles(store, 3);
    PackageFiles forgetful = new PackageFiles(store);
    Path file = Files.write(directory.resolve("package"), content);
    var stored = (PackageFiles.Stored.Done) keeping.put("p.tgz", file, "u", Instant.EPOCH);
    String sha256 = stored.view().sha256();

    assertThat(copy(keeping, sha256, content.length)).isEqualTo(content);
    assertThat(copy(forgetful, sha256, content.length)).isEqualTo(content);
    store.close();
    assertThat(copy(keeping, sha256, content.length)).isEqualTo(content);
    assertThatThrownBy(() -> copy(forgetful, sha256, content.length))
        .isInstanceOf(RuntimeException.class);
  }

  private static byte[] copy(PackageFiles files, String sha256, long size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.copy(sha256, 0, size, out);
    return out.toByteArray();
  }
}
