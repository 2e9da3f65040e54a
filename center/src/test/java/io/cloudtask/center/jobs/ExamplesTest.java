package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The files that a newcomer is given are right. */
final class ExamplesTest {
  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void is_read_without_a_mistake_and_written_back_as_the_same(Path example) throws IOException {
    Surroundings surroundings =
        new Surroundings(
            Instant.parse("2026-06-15T20:00:00Z"),
            ZoneOffset.UTC,
            List.of("local"),
            any -> true,
            Map.of());
    JobFile.Read read = JobFileText.of(Files.readString(example)).judge(surroundings);
    assertThat(read)
        .isInstanceOfSatisfying(
            JobFile.Read.Valid.class,
            valid ->
                assertThat(JobFileText.of(JobFileYaml.write(valid.file())).judge(surroundings))
                    .isEqualTo(read));
  }
}
