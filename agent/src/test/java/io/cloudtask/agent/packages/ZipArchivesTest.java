package io.cloudtask.agent.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipArchivesTest {
  private static final UnpackLimits LIMITS = new UnpackLimits(100, 10 * 1024 * 1024, 200);

  @TempDir Path temp;
  private Path into;

  @BeforeEach
  void makeDirectories() throws IOException {
    into = Files.createDirectories(temp.resolve("outer/into"));
  }

  @Test
  void a_zip_keeps_exec_bits_and_inner_links() throws IOException {
    Path archive = temp.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      zipEntry(zip, "bin/run.sh", UnixStat.FILE_FLAG | 0755, "echo hi");
      zipEntry(zip, "plain", 0, "p");
      zipEntry(zip, "now", UnixStat.LINK_FLAG | 0777, "bin");
    }
    Archives.unpack("a.zip", archive, into, LIMITS);

    assertThat(into.resolve("bin/run.sh")).hasContent("echo hi").isExecutable();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve("plain"))))
        .isEqualTo("rw-r--r--");
    assertThat(into.resolve("now/run.sh")).hasContent("echo hi");
  }

  @ParameterizedTest
  @CsvSource({
    "../evil, 33188, x, ..",
    "/evil, 33188, x, absolute",
    "link, 41471, ../../etc, lead out",
    "dev, 8612, x, neither",
  })
  void a_hostile_zip_is_refused(String name, int mode, String content, String why)
      throws IOException {
    Path archive = temp.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      zipEntry(zip, name, mode, content);
    }
    assertThatThrownBy(() -> Archives.unpack("a.zip", archive, into, LIMITS))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining(why);
    assertThat(temp.resolve("outer").toFile().list()).containsExactly("into");
  }

  @Test
  void a_zip_bomb_is_refused() throws IOException {
    Path archive = temp.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      zipEntry(zip, "bomb", 0, "\0".repeat(9 * 1024 * 1024));
    }
    assertThatThrownBy(() -> Archives.unpack("a.zip", archive, into, LIMITS))
        .hasMessageContaining("more than 200 times");
  }

  @Test
  void a_zip_of_too_many_entries_is_refused_before_its_directory_is_in_memory() throws IOException {
    Path archive = temp.resolve("a.zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (int i = 0; i <= 100_000; i++) {
        zip.putArchiveEntry(new ZipArchiveEntry("d" + i + "/"));
        zip.closeArchiveEntry();
      }
    }
    UnpackLimits usual = UnpackLimits.ofBytes(1 << 20);
    assertThatThrownBy(() -> Archives.unpack("a.zip", archive, into, usual))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining("more than 100000 entries");
    assertThat(into).isEmptyDirectory();
  }

  @Test
  void a_zip_with_a_directory_that_fills_memory_is_refused() throws IOException {
    Path archive = temp.resolve("a.zip");
    String comment = "c".repeat(65_000);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      for (int i = 0; i < 300; i++) {
        ZipArchiveEntry entry = new ZipArchiveEntry("f" + i);
        entry.setComment(comment);
        zip.putArchiveEntry(entry);
        zip.closeArchiveEntry();
      }
    }
    UnpackLimits usual = UnpackLimits.ofBytes(1 << 20);
    assertThatThrownBy(() -> Archives.unpack("a.zip", archive, into, usual))
        .hasMessageContaining("a directory of more than");
    assertThat(into).isEmptyDirectory();
  }

  @Test
  void a_zip_that_is_cut_off_is_refused() throws IOException {
    Path whole = temp.resolve("whole.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(whole)) {
      zipEntry(zip, "a", 0, "some text");
    }
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
      Path archive = Files.write(temp.resolve("a.zip"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Archives.unpack("a.zip", archive, into, LIMITS))
          .isInstanceOf(PackageRejectedException.class)
          .hasMessageContaining("cut off or damaged");
    }
  }

  private static void zipEntry(ZipArchiveOutputStream zip, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    if (mode != 0) {
      entry.setUnixMode(mode);
    }
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }
}
