package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that a newcomer is given are right. */
final class ExamplesTest {
  private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        examples.add(Files.readString(file));
      }
    }
    String readme = Files.readString(Path.of("..", "README.md"));
    YAML_BLOCK.matcher(readme).results().forEach(block -> examples.add(block.group(1)));
    return examples;
  }

  @Test
  void the_readme_shows_a_job_file() throws IOException {
    assertThat(examples()).anyMatch(example -> example.contains("nightly-report"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void is_read_without_a_mistake_and_written_back_as_the_same(String example) {
    Surroundings surroundings =
        new Surroundings(
            Instant.parse("2026-06-15T20:00:00Z"),
            ZoneOffset.UTC,
            List.of("local"),
            any -> true,
            Secrets.TRIED,
            Map.of());
    JobFile.Read read = JobFileText.of(example).judge(surroundings);
    assertThat(read)
        .isInstanceOfSatisfying(
            JobFile.Read.Valid.class,
            valid ->
                assertThat(JobFileText.of(JobFileYaml.write(valid.file())).judge(surroundings))
                    .isEqualTo(read));
  }
}
