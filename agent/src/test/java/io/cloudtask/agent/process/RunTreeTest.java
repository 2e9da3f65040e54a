package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.process.ProcessEntry.Identity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which processes belong to a run, on made-up snapshots: pid, parent, session, start, mark. */
class RunTreeTest {
  private static final Set<Long> AGENT = Set.of(1L, 10L);
  private static final long AGENT_GROUP = 10;

  private final RunTree tree = new RunTree("r", new Identity(100, 50), true);

  private static ProcessEntry process(
      long pid, long parent, long session, long start, @Nullable String mark) {
    return new ProcessEntry(pid, parent, session, session, start, mark);
  }

  private static List<Long> members(RunTree tree, ProcessEntry... snapshot) {
    return tree.members(List.of(snapshot), AGENT, AGENT_GROUP).stream()
        .map(ProcessEntry::pid)
        .toList();
  }

  @Test
  void children_belong_although_they_carry_no_mark_and_left_the_session() {
    assertThat(
            members(
                tree,
                process(100, 10, 100, 50, "r"),
                process(101, 100, 101, 51, null),
                process(102, 101, 102, 52, null)))
        .containsExactly(100L, 101L, 102L);
  }

  @Test
  void who_shares_the_session_belongs_when_the_leader_is_dead() {
    assertThat(members(tree, process(101, 1, 100, 51, null))).containsExactly(101L);
  }

  @Test
  void a_session_whose_number_was_given_to_another_process_is_not_ours() {
    assertThat(members(tree, process(100, 1, 100, 99, null), process(101, 100, 100, 99, null)))
        .isEmpty();
  }

  @Test
  void the_mark_is_enough() {
    assertThat(members(tree, process(500, 1, 500, 60, "r"), process(501, 1, 501, 60, "other")))
        .containsExactly(500L);
  }

  @Test
  void who_was_once_seen_stays_a_member() {
    members(tree, process(100, 10, 100, 50, "r"), process(101, 100, 101, 51, null));
    assertThat(members(tree, process(101, 1, 101, 51, null))).containsExactly(101L);
  }

  @Test
  void a_reused_pid_is_not_the_member_that_had_it() {
    members(tree, process(100, 10, 100, 50, "r"), process(101, 100, 101, 51, null));
    assertThat(members(tree, process(101, 1, 7, 90, null))).isEmpty();
  }

  @Test
  void the_session_of_a_marked_process_that_it_does_not_lead_is_left_alone() {
    assertThat(
            members(
                tree,
                process(7, 1, 7, 60, null),
                process(8, 7, 7, 61, "r"),
                process(9, 7, 7, 62, null)))
        .containsExactly(8L);
  }

  @Test
  void the_session_that_a_marked_process_leads_belongs() {
    assertThat(members(tree, process(300, 1, 300, 60, "r"), process(301, 1, 300, 61, null)))
        .containsExactly(300L, 301L);
  }

  @Test
  void the_agent_its_ancestors_and_its_group_never_belong() {
    RunTree own = new RunTree("r", null, false);
    assertThat(
            members(
                own,
                process(1, 0, 1, 0, "r"),
                process(10, 1, 10, 5, "r"),
                process(11, 1, 10, 6, "r"),
                process(12, 10, 12, 7, "r")))
        .containsExactly(12L);
  }

  @Test
  void who_is_older_than_the_run_never_belongs() {
    assertThat(members(tree, process(20, 1, 100, 49, "r"))).isEmpty();
  }
}
