package io.cloudtask.center.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.zip",
        "cloudtask-2.2.1-GDEV-2018-03-21_15-54-34.tar.gz",
        "tool v2.tgz",
        "größe.tar.gz"
      })
  void names_of_packages(String name) {
    assertThat(PackageName.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".zip",
        ".tar.gz",
        "a.tar",
        "a.exe",
        "a.ZIP",
        "..zip",
        ".a.zip",
        " a.zip",
        "a.zip ",
        "../a.zip",
        "a/b.zip",
        "a\\b.zip",
        "a\0.zip",
        "a\n.zip",
        "a\u202e.zip",
        "a\u200b.zip"
      })
  void what_no_package_may_be_called(String name) {
    assertThat(PackageName.problem(name)).isPresent();
  }
}
