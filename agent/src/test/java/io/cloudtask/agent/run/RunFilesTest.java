package io.cloudtask.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.agent.process.OutputFile;
import io.cloudtask.model.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  private static final String OLD = Ids.scheduledRunId(Jobs.id(1), Jobs.T0, 1);
  private static final String NEW =
      Ids.scheduledRunId(Jobs.id(1), Jobs.T0.plus(Duration.ofDays(9)), 1);

  @TempDir Path directory;
  private RunDirectories directories;
  private RunFiles files;

  @BeforeEach
  void open() throws IOException {
    directories = new RunDirectories(directory);
    Clock clock = Clock.fixed(Jobs.T0.plus(Duration.ofDays(9)), ZoneOffset.UTC);
    files = new RunFiles(directory, new OutputFile(OutputCaps.DEFAULT), clock);
    for (String run : new String[] {OLD, NEW}) {
      Files.createDirectories(directories.of(run));
      Files.writeString(directories.of(run).resolve("stdout"), "printed by " + run);
    }
  }

  @Test
  void a_run_is_found_under_the_day_of_its_fire_time() {
    assertThat(directories.of(OLD)).isEqualTo(directory.resolve("runs/2026-03-02").resolve(OLD));
  }

  @Test
  void a_delivered_run_takes_its_day_along_when_that_is_over() {
    files.delivered(OLD);
    files.delivered(NEW);
    assertThat(directory.resolve("runs/2026-03-02")).doesNotExist();
    assertThat(directory.resolve("runs/2026-03-11")).isEmptyDirectory();
    files.delivered(OLD);
  }

  @Test
  void what_nobody_needs_is_removed_at_the_start() throws IOException {
    files.keepOnly(Set.of(NEW));
    assertThat(files.has(OLD)).isFalse();
    assertThat(files.has(NEW)).isTrue();
  }

  @Test
  void a_full_disk_costs_the_output_of_runs_that_are_over() throws IOException {
    files.shed();
    assertThat(directories.of(OLD).resolve("stdout")).exists();
    files.know(NEW::equals);
    files.shed();
    assertThat(directories.of(OLD).resolve("stdout")).doesNotExist();
    assertThatThrownBy(() -> files.finished(OLD, "stdout"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("disk was full");
    assertThat(files.finished(NEW, "stdout").length()).isPositive();
  }

  @Test
  void a_run_that_wrote_nothing_has_an_empty_output() throws IOException {
    assertThat(files.finished(OLD, "stderr").length()).isZero();
  }
}
