package io.cloudtask.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  @Test
  void the_program_has_one_digest(@TempDir Path directory) throws IOException {
    Path jar = Files.writeString(directory.resolve("a.jar"), "hello");
    Path classes = Files.createDirectories(directory.resolve("classes/x"));
    Files.writeString(classes.resolve("A.class"), "hello");

    assertThat(Program.digest(jar)).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(Program.digest(directory.resolve("classes")))
        .isEqualTo(Program.digest(directory.resolve("classes")))
        .isNotEqualTo(Program.digest(jar));
  }
}
