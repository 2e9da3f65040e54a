package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.Alloc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class AssignmentsContract extends StoreContract {
  private JobSet set() {
    return assignments().jobSet(AGENT).orElseThrow();
  }

  @Test
  void an_agent_gets_the_jobs_that_it_holds_with_all_that_it_needs() {
    aJobThatAnAgentHolds();
    create(OTHER_JOB, "nobody's");
    reopen();

    assertThat(set())
        .isEqualTo(
            new JobSet(
                2, List.of(new AssignedJob(JOB, 1, NOW, NOW, 1, definition("hello"), null))));
    assertThat(job().agentkey()).isEqualTo(AGENT);
    assertThat(assignments().jobSet(OTHER_AGENT)).isEmpty();
  }

  @Test
  void a_job_has_one_holder_at_the_most() {
    aJobThatAnAgentHolds();
    hello(OTHER_AGENT, "beta", "first", 0);

    assertThat(assignments().assign(JOB, OTHER_AGENT, at(1))).isEmpty();
    assertThat(assignments().assign("0".repeat(24), AGENT, at(1))).isEmpty();
    assertThat(assignments().open()).hasSize(1);
    assertThat(assignments().jobSet(OTHER_AGENT).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void every_change_of_a_set_raises_its_revision() {
    aJobThatAnAgentHolds();
    assertThat(set().revision()).isEqualTo(2);

    jobs().change(JOB, 1, definition("hello").withEnabled(false), "ann", at(1));
    assertThat(set().revision()).isEqualTo(3);
    assertThat(set().jobs().getFirst().version()).isEqualTo(2);
    assertThat(set().jobs().getFirst().definition().enabled()).isFalse();

    jobs().delete(JOB, "ann", at(2));
    assertThat(set()).isEqualTo(new JobSet(4, List.of()));
    assertThat(assignments().history(JOB))
        .containsExactly(new AssignmentRow(JOB, 1, AGENT, 1, NOW, NOW, null, at(2), false));
  }

  @Test
  void a_recalled_job_goes_to_another_agent_only_when_it_was_given_back() {
    aJobThatAnAgentHolds();
    hello(OTHER_AGENT, "beta", "first", 0);

    assertThat(assignments().recall(JOB, at(1))).contains(AGENT);
    assertThat(assignments().recall(JOB, at(1))).isEmpty();
    assertThat(set().revision()).isEqualTo(3);
    assertThat(set().jobs().getFirst().recalled()).isTrue();
    assertThat(assignments().assign(JOB, OTHER_AGENT, at(2))).isEmpty();

    report(new Fact.Dropped(JOB, 1, at(3)));
    assertThat(assignments().open(JOB)).isEmpty();
    assertThat(assignments().assign(JOB, OTHER_AGENT, at(4)))
        .contains(new AssignmentRow(JOB, 2, OTHER_AGENT, 1, at(3), at(4), null, null, false));
    assertThat(assignments().history(JOB).getFirst().until()).isEqualTo(at(3));
  }

  @Test
  void giving_back_a_span_that_is_over_changes_nothing() {
    aJobThatAnAgentHolds();

    report(new Fact.Dropped(JOB, 2, at(3)));
    assertThat(assignments().open(JOB)).isPresent();
    report(new Fact.Dropped(JOB, 1, at(3)));
    assignments().assign(JOB, AGENT, at(4));
    report(new Fact.Dropped(JOB, 1, at(9)));
    assertThat(assignments().open(JOB).orElseThrow().from()).isEqualTo(at(3));
  }

  @Test
  void the_table_of_a_runtime_names_every_job_and_its_host() {
    aJobThatAnAgentHolds();
    create(OTHER_JOB, "free");
    Alloc alloc = assignments().alloc(Scope.EVERYTHING, "local", null);

    assertThat(alloc.data())
        .containsExactly(
            new Alloc.Entry(JOB, AGENT, 1, "hello", "10.0.0.5", "alpha"),
            new Alloc.Entry(OTHER_JOB, "", 1, "free", "", ""));
    assertThat(assignments().alloc(Scope.EVERYTHING, "local", "alpha").data()).hasSize(1);
    assertThat(assignments().alloc(Scope.EVERYTHING, "local", "10.0.0.5").data()).hasSize(1);
    assertThat(assignments().alloc(Scope.EVERYTHING, "local", "beta").data()).isEmpty();
    jobs().delete(OTHER_JOB, "ann", at(1));
    assertThat(assignments().alloc(Scope.EVERYTHING, "local", null).version())
        .isGreaterThan(alloc.version());
  }

  @Test
  void a_recall_can_be_withdrawn_while_the_agent_has_the_job() {
    aJobThatAnAgentHolds();
    assertThat(assignments().keep(JOB)).as("it was not asked back").isEmpty();
    assignments().recall(JOB, at(1));

    assertThat(assignments().keep(JOB)).contains(AGENT);
    assertThat(set().jobs().getFirst().recalled()).isFalse();
    assertThat(set().revision()).isEqualTo(4);
    assignments().recall(JOB, at(2));
    report(new Fact.Dropped(JOB, 1, at(3)));
    assertThat(assignments().keep(JOB)).isEmpty();
  }

  @Test
  void many_jobs_are_given_at_once_and_each_set_has_one_new_revision() {
    hello(AGENT, "alpha", "first", 0);
    hello(OTHER_AGENT, "beta", "first", 0);
    List<Assignments.Placing> placings = new ArrayList<>();
    store.execute(tx -> {
      for (int i = 0; i < 510; i++) {
        String jobid = "%024x".formatted(i);
        tx.jobs().create(jobid, definition("job " + i), "ann", NOW);
        placings.add(new Assignments.Placing(jobid, i % 2 == 0 ? AGENT : OTHER_AGENT));
      }
    });
    jobs().delete("%024x".formatted(0), "ann", at(1));
    assignments().assign("%024x".formatted(2), OTHER_AGENT, at(1));
    placings.add(new Assignments.Placing("f".repeat(24), AGENT));
    placings.add(new Assignments.Placing("%024x".formatted(4), OTHER_AGENT));

    assertThat(assignments().assign(placings, at(2))).containsExactlyInAnyOrder(AGENT, OTHER_AGENT);
    assertThat(set().revision()).isEqualTo(2);
    assertThat(set().jobs()).hasSize(253);
    assertThat(assignments().jobSet(OTHER_AGENT).orElseThrow().jobs()).hasSize(256);
    assertThat(assignments().open()).hasSize(509);
    assertThat(assignments().assign(placings, at(3))).isEmpty();
  }
}
