package io.cloudtask.agent.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
  private static final UnpackLimits LIMITS = new UnpackLimits(100, 10 * 1024 * 1024, 200);

  @TempDir Path temp;
  private Path into;

  @BeforeEach
  void makeDirectories() throws IOException {
    into = Files.createDirectories(temp.resolve("outer/into"));
  }

  @Test
  void files_keep_their_content_and_their_exec_bits() throws IOException {
    unpack(new Tars().file("./bin/run.sh", 0755, "echo hi").file("etc/conf", 0644, "a=1"));

    assertThat(into.resolve("bin/run.sh")).hasContent("echo hi").isExecutable();
    assertThat(into.resolve("etc/conf")).hasContent("a=1");
    assertThat(mode("etc/conf")).isEqualTo("rw-r--r--");
  }

  @Test
  void set_user_id_and_write_access_for_others_are_dropped() throws IOException {
    unpack(new Tars().file("evil", 06777, "x"));

    assertThat(mode("evil")).isEqualTo("rwxr-xr-x");
    assertThat(Files.getAttribute(into.resolve("evil"), "unix:mode")).isEqualTo(0100755);
  }

  @Test
  void names_that_differ_in_case_only_are_two_files() throws IOException {
    unpack(new Tars().file("Read", 0644, "1").file("read", 0644, "2"));

    assertThat(into.resolve("Read")).hasContent("1");
    assertThat(into.resolve("read")).hasContent("2");
  }

  @Test
  void a_later_entry_replaces_an_earlier_one_of_the_same_name() throws IOException {
    unpack(new Tars().file("a", 0644, "first").file("a", 0755, "second"));

    assertThat(into.resolve("a")).hasContent("second").isExecutable();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "a/..",
        "/etc/evil",
        "C:/evil",
        "c:evil",
        "\\\\host\\evil",
        "a\\..\\..\\evil",
        "a\nb",
        "a\u007fb",
      })
  void a_name_that_leads_out_or_hides_something_is_refused(String name) throws IOException {
    assertRefused(new Tars().file(name, 0644, "x"), "the package entry");
  }

  @Test
  void a_name_with_nul_is_refused() {
    assertThatThrownBy(() -> EntryPath.of("a\0b")).hasMessageContaining("control character");
  }

  @ParameterizedTest
  @CsvSource({
    "lib/now, v1/lib.so, allowed",
    "lib/now, ./v1/../x, refused",
    "now, lib/v1, allowed",
    "a/b/c, ../../top, allowed",
    "a/b/c, ../../../top, refused",
    "c, .., refused",
    "c, /etc/passwd, refused",
    "a/c, d/.., refused",
  })
  void a_symbolic_link_may_lead_anywhere_within(String name, String target, String verdict)
      throws IOException {
    Tars tar = new Tars().symbolicLink(name, target);
    if (verdict.equals("allowed")) {
      unpack(tar);
      assertThat(Files.readSymbolicLink(into.resolve(name))).hasToString(target);
    } else {
      assertRefused(tar, "package entry");
    }
  }

  @Test
  void two_links_can_not_climb_out_together() throws IOException {
    assertRefused(
        new Tars()
            .file("deep/deeper/file", 0644, "x")
            .symbolicLink("deep/deeper/up", "../..")
            .symbolicLink("deep/out", "deeper/up/../x"),
        "lead out");
  }

  @Test
  void nothing_is_written_through_a_link() throws IOException {
    assertRefused(
        new Tars().file("d/x", 0644, "1").symbolicLink("l", "d").file("l/x", 0644, "2"),
        "not a directory");
    assertThat(into.resolve("d/x")).hasContent("1");
  }

  @Test
  void a_file_in_place_of_a_link_replaces_the_link_and_not_its_target() throws IOException {
    unpack(new Tars().file("a", 0644, "1").symbolicLink("l", "a").file("l", 0644, "2"));

    assertThat(into.resolve("a")).hasContent("1");
    assertThat(into.resolve("l")).hasContent("2");
  }

  @Test
  void a_hard_link_is_a_second_name_within() throws IOException {
    unpack(new Tars().file("a", 0644, "1").hardLink("b", "a"));

    assertThat(into.resolve("b")).hasContent("1");
  }

  @Test
  void a_hard_link_out_or_through_a_link_is_refused() throws IOException {
    Files.writeString(temp.resolve("outer/secret"), "s");
    assertRefused(new Tars().hardLink("b", "../secret"), "..");
    assertRefused(new Tars().hardLink("b", "nothing"), "hard link");
    assertRefused(
        new Tars().file("d/x", 0644, "1").symbolicLink("l", "d").hardLink("b", "l/x"), "hard link");
  }

  @Test
  void devices_and_pipes_are_refused() throws IOException {
    assertRefused(new Tars().special("dev", TarConstants.LF_CHR, ""), "device");
    assertRefused(new Tars().special("dev", TarConstants.LF_BLK, ""), "device");
    assertRefused(new Tars().special("pipe", TarConstants.LF_FIFO, ""), "pipe");
  }

  @Test
  void too_many_entries_are_refused() throws IOException {
    Tars tar = new Tars();
    for (int i = 0; i <= 100; i++) {
      tar.file("f" + i, 0644, "");
    }
    assertRefused(tar, "more than 100 entries");
  }

  @Test
  void directories_that_no_entry_names_count_too() throws IOException {
    Tars tar = new Tars();
    for (int i = 0; i < 60; i++) {
      tar.file("d" + i + "/f", 0644, "");
    }
    assertRefused(tar, "more than 100 entries");
  }

  @Test
  void entries_that_make_nothing_new_count_too() throws IOException {
    Tars tar = new Tars();
    for (int i = 0; i <= 100; i++) {
      tar.special("d/", TarConstants.LF_DIR, "");
    }
    assertRefused(tar, "more than 100 entries");
  }

  @Test
  void a_hundred_thousand_and_one_entries_are_refused_for_their_number_alone() throws IOException {
    Tars tar = new Tars();
    for (int i = 0; i <= 100_000; i++) {
      tar.special("d/", TarConstants.LF_DIR, "");
    }
    Path archive = tar.in(temp);
    assertThatThrownBy(() -> Archives.unpack("a.tgz", archive, into, UnpackLimits.ofBytes(1 << 20)))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining("more than 100000 entries");
    Archives.unpack("a.tgz", archive, into, new UnpackLimits(100_001, 1 << 20, 200));
    assertThat(into.resolve("d")).isEmptyDirectory();
  }

  @Test
  void too_many_bytes_are_refused() throws IOException {
    byte[] noise = new byte[11 * 1024 * 1024];
    new java.util.Random(1).nextBytes(noise);
    assertRefused(new Tars().file("big", 0644, noise), "more than 10485760 bytes");
  }

  @Test
  void a_bomb_is_refused_long_before_it_is_whole() throws IOException {
    assertRefused(new Tars().zeros("bomb", 9 * 1024 * 1024), "more than 200 times its size");
    assertThat(Files.size(into.resolve("bomb"))).isLessThan(4 * 1024 * 1024);
  }

  @Test
  void a_header_that_fills_memory_is_refused() throws IOException {
    byte[] name = new byte[3 * 1024 * 1024];
    Arrays.fill(name, (byte) 'n');
    assertRefused(new Tars().longName(name).file("f", 0644, ""), "entry header of more than");
  }

  @Test
  void names_that_are_too_long_or_too_deep_are_refused() throws IOException {
    assertRefused(new Tars().file("n".repeat(256), 0644, ""), "longer than 255");
    assertRefused(new Tars().file("d/".repeat(65) + "f", 0644, ""), "deeper than 64");
    assertRefused(new Tars().file("dddd/".repeat(250) + "f", 0644, ""), "longer than 1024");
  }

  @Test
  void a_cut_off_archive_is_refused() throws IOException {
    byte[] noise = new byte[100_000];
    new java.util.Random(2).nextBytes(noise);
    byte[] whole = new Tars().file("a", 0644, noise).bytes();
    Path archive = Files.write(temp.resolve("a.tgz"), Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> Archives.unpack("a.tgz", archive, into, LIMITS))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining("cut off or damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tar.gz", "a.tgz", "a.zip"})
  void something_that_is_no_archive_is_refused(String name) throws IOException {
    Path archive = Files.writeString(temp.resolve(name), "hello world, this is text");

    assertThatThrownBy(() -> Archives.unpack(name, archive, into, LIMITS))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining("cut off or damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "job.tar.gz, true",
    "Job-1.2_x y.TGZ, true",
    "a.zip, true",
    "a.tar, false",
    ".zip, false",
    "../a.zip, false",
    "a/b.zip, false",
    "a\\b.zip, false",
    "'', false",
  })
  void a_package_name_is_plain_and_ends_as_an_archive_does(String name, boolean expected) {
    assertThat(Archives.isPackageName(name)).isEqualTo(expected);
  }

  private void unpack(Tars tar) throws IOException {
    Archives.unpack("a.tar.gz", tar.in(temp), into, LIMITS);
  }

  private void assertRefused(Tars tar, String why) throws IOException {
    Path archive = tar.in(temp);
    assertThatThrownBy(() -> Archives.unpack("a.tar.gz", archive, into, LIMITS))
        .isInstanceOf(PackageRejectedException.class)
        .hasMessageContaining(why);
    assertNothingOutside();
  }

  private void assertNothingOutside() throws IOException {
    try (Stream<Path> outside = Files.list(temp.resolve("outer"))) {
      assertThat(outside.map(Path::getFileName).map(Path::toString)).isSubsetOf("into", "secret");
    }
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve(name)));
  }
}
