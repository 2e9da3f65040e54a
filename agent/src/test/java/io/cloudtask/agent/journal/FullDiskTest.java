package io.cloudtask.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.SmallDisk;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a file system that is really full. */
class FullDiskTest {
  private static final AssignedJob JOB = Jobs.secondly(1).job();

  @TempDir Path directory;
  private final AtomicInteger sheds = new AtomicInteger();

  @Test
  void a_promise_that_does_not_fit_was_never_made_and_a_fact_waits_for_room() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 4)) {
      List<String> promised = new ArrayList<>();
      try (Journal journal = open(disk)) {
        journal.commit(List.of(new Entry.Took(JOB, JOB.from(), "UTC")));
        disk.fillBut(0);
        assertThatThrownBy(() -> promiseUntilItFails(journal, promised))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("No space left")
            .hasMessageContaining("free space");
        assertThat(sheds).hasPositiveValue();
        journal.append(List.of(gap()));
        disk.free();
        await().until(() -> journal.facts(promised.size() + 1L, 10).size() == 1);
        journal.commit(List.of(granted("last")));
        promised.add("last");
      }
      try (Journal journal = open(disk)) {
        assertThat(journal.complaint()).isEmpty();
        assertThat(journal.recovered().runs())
            .extracting(OpenRun::runid)
            .containsExactlyInAnyOrderElementsOf(promised);
        assertThat(journal.facts(0, 10_000))
            .extracting(report -> report.fact())
            .contains(gap().fact());
      }
    }
  }

  @Test
  void space_that_was_held_back_takes_what_else_would_not_fit() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 80);
        Journal journal = open(disk)) {
      journal.commit(List.of(new Entry.Took(JOB, JOB.from(), "UTC")));
      Path ballast = disk.root().resolve("journal.ballast");
      await().until(() -> Files.exists(ballast) && Files.size(ballast) == Ballast.BYTES);
      disk.fillBut(0);
      for (int i = 0; i < 100; i++) {
        journal.commit(List.of(granted("run" + i)));
      }
      assertThat(ballast).doesNotExist();
      assertThat(sheds).hasValue(0);
    }
  }

  private Journal open(SmallDisk disk) throws Exception {
    return Journal.open(disk.root(), Jobs.T0, sheds::incrementAndGet);
  }

  private static void promiseUntilItFails(Journal journal, List<String> promised)
      throws JournalException {
    for (int i = 0; i < 10_000; i++) {
      journal.commit(List.of(granted("run" + i)));
      promised.add("run" + i);
    }
  }

  private static Entry.Happened granted(String runId) {
    return new Entry.Happened(
        new Fact.Granted(JOB.jobid(), runId, 1, null, Jobs.T0, 0, Trigger.MANUAL, false, null));
  }

  private static Entry.Happened gap() {
    return new Entry.Happened(
        new Fact.Gap(
            JOB.jobid(),
            1,
            Jobs.T0,
            Jobs.T0,
            1,
            GapReason.NOT_JOURNALLED,
            Jobs.T0.minusSeconds(1)));
  }
}
