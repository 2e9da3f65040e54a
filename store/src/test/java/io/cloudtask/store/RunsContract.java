package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class RunsContract extends StoreContract {
  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
    for (int second = 1; second <= 10; second++) {
      RunState state = second % 3 == 0 ? RunState.FAILED : RunState.SUCCEEDED;
      report(Facts.granted(at(second)), Facts.ended(at(second), state, ""));
    }
    report(Facts.granted(at(11)), Facts.queued(at(12)));
  }

  private List<Instant> fireTimes(RunQuery query) {
    List<Instant> times = new ArrayList<>();
    runs().list(query).items().forEach(r -> times.add(r.fireat()));
    return times;
  }

  private static RunQuery of(RunState... states) {
    return new RunQuery(Scope.EVERYTHING, null, Set.of(states), null, 100, null);
  }

  @Test
  void the_newest_come_first_page_by_page() {
    List<Instant> seen = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<RunView> page =
          runs().list(new RunQuery(Scope.EVERYTHING, JOB, Set.of(), null, 5, after));
      page.items().forEach(r -> seen.add(r.fireat()));
      after = page.next();
    } while (after != null);

    assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    assertThat(seen.reversed()).isSorted();
  }

  @Test
  void they_are_found_by_state() {
    assertThat(fireTimes(of(RunState.FAILED))).containsExactly(at(9), at(6), at(3));
    assertThat(fireTimes(of(RunState.FAILED, RunState.LOST))).hasSize(3);
    assertThat(fireTimes(of(RunState.STARTING, RunState.RUNNING))).containsExactly(at(11));
    assertThat(fireTimes(of(RunState.QUEUED))).containsExactly(at(12));
    assertThat(fireTimes(of(RunState.SUCCEEDED, RunState.QUEUED))).hasSize(8);
    assertThat(fireTimes(of(RunState.TIMED_OUT))).isEmpty();
  }

  @Test
  void they_are_found_by_job_and_by_agent() {
    assertThat(fireTimes(new RunQuery(Scope.EVERYTHING, OTHER_JOB, Set.of(), null, 100, null)))
        .isEmpty();
    assertThat(fireTimes(new RunQuery(Scope.EVERYTHING, JOB, Set.of(), AGENT, 100, null)))
        .hasSize(12);
    assertThat(fireTimes(new RunQuery(Scope.EVERYTHING, null, Set.of(), OTHER_AGENT, 100, null)))
        .isEmpty();
  }
}
