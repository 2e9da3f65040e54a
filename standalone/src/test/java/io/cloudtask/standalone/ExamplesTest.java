package io.cloudtask.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.jobs.JobFile;
import io.cloudtask.center.jobs.JobFileText;
import io.cloudtask.center.jobs.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_a_job_file_without_mistakes(Path file) throws IOException {
    JobFile.Read read =
        JobFileText.of(Files.readString(file))
            .judge(
                new Surroundings(
                    Instant.parse("2026-01-01T00:00:00Z"),
                    ZoneOffset.UTC,
                    List.of("local"),
                    name -> false,
                    Map.of()));
    assertThat(read).isInstanceOf(JobFile.Read.Valid.class);
  }
}
