package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.rest.AgentView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class AgentsContract extends StoreContract {
  @Test
  void a_new_agent_is_welcomed_and_known_afterwards() {
    assertThat(hello(AGENT, "alpha", "first", 0)).isEqualTo(new Agents.Greeting.Welcomed(0, 1));
    reopen();

    assertThat(agents().find(AGENT))
        .contains(
            new AgentRow(
                AGENT,
                "local",
                node("alpha"),
                "first",
                0,
                1,
                0,
                true,
                NOW,
                255,
                AgentRow.Standing.NEW));
    assertThat(agents().find(OTHER_AGENT)).isEmpty();
  }

  @Test
  void an_agent_that_starts_again_is_told_how_far_its_journal_is_applied() {
    aJobThatAnAgentHolds();
    report(Facts.granted(at(1)), Facts.started(at(1)));

    assertThat(hello(AGENT, "alpha", "second", 2)).isEqualTo(new Agents.Greeting.Welcomed(2, 2));
  }

  @Test
  void a_journal_older_than_what_was_applied_is_refused() {
    aJobThatAnAgentHolds();
    report(Facts.granted(at(1)), Facts.started(at(1)));

    assertThat(hello(AGENT, "alpha", "second", 1)).isEqualTo(new Agents.Greeting.JournalOlder(2));
    assertThat(agents().find(AGENT).orElseThrow().incarnation()).isEqualTo("first");
  }

  @Test
  void a_second_process_with_the_same_key_is_refused_while_the_first_lives() {
    hello(AGENT, "alpha", "first", 0);
    Hello second = new Hello("second", 0, 0, node("beta"));

    assertThat(agents().hello(AGENT, second, 255, true, NOW))
        .isEqualTo(new Agents.Greeting.OtherIncarnation("first"));
    assertThat(agents().hello(AGENT, new Hello("first", 0, 0, node("alpha")), 255, true, NOW))
        .isInstanceOf(Agents.Greeting.Welcomed.class);
    assertThat(agents().hello(AGENT, second, 255, false, NOW))
        .isInstanceOf(Agents.Greeting.Welcomed.class);
  }

  @Test
  void only_listed_hosts_may_join_a_runtime_that_lists_some() {
    runtimes().change("local", "", List.of("ALPHA", "10.0.0.5"), Duration.ZERO);

    assertThat(hello(AGENT, "alpha", "first", 0)).isInstanceOf(Agents.Greeting.Welcomed.class);
    assertThat(hello(OTHER_AGENT, "gamma", "first", 0))
        .as("its address is listed")
        .isInstanceOf(Agents.Greeting.Welcomed.class);
    assertThat(hello(OTHER_AGENT, "theta-nine", "first", 0))
        .isEqualTo(new Agents.Greeting.HostNotListed("local"));
  }

  @Test
  void an_unknown_runtime_can_not_be_joined() {
    Hello hello = new Hello("first", 0, 0, node("alpha"));
    store.close();
    store = open(folder.resolve("empty"), clock);

    assertThat(agents().hello(AGENT, hello, 255, false, NOW))
        .isEqualTo(new Agents.Greeting.UnknownRuntime("local"));
  }

  @Test
  void those_signed_in_are_online_and_all_others_are_not() {
    hello(AGENT, "alpha", "first", 0);
    hello(OTHER_AGENT, "beta", "first", 0);

    assertThat(agents().online(Set.of(AGENT))).isTrue();
    assertThat(agents().online(Set.of(AGENT))).isFalse();
    assertThat(agents().find(AGENT).orElseThrow().online()).isTrue();
    assertThat(agents().find(OTHER_AGENT).orElseThrow().online()).isFalse();
  }

  @Test
  void an_acknowledged_revision_never_goes_back() {
    hello(AGENT, "alpha", "first", 0);
    agents().acknowledged(AGENT, 7, at(1));
    agents().acknowledged(AGENT, 5, at(2));

    AgentRow agent = agents().find(AGENT).orElseThrow();
    assertThat(agent.acknowledged()).isEqualTo(7);
    assertThat(agent.seen()).isEqualTo(at(2));
  }

  @Test
  void the_version_of_its_program_is_shown_and_one_that_does_not_say_has_none() {
    Hello hello = new Hello("first", 0, 0, node("alpha"), "1.4.0");
    agents().hello(AGENT, hello, 255, false, NOW);
    assertThat(agents().view(AGENT).orElseThrow().version()).isEqualTo("1.4.0");

    hello(AGENT, "alpha", "second", 0);
    assertThat(agents().view(AGENT).orElseThrow().version()).isEmpty();
  }

  @Test
  void a_view_counts_what_the_agent_holds_and_runs() {
    aJobThatAnAgentHolds();
    hello(OTHER_AGENT, "beta", "first", 0);
    report(Facts.granted(at(1)), Facts.started(at(1)), Facts.queued(at(2)));

    AgentView view = agents().view(AGENT).orElseThrow();
    assertThat(view.jobs()).isEqualTo(1);
    assertThat(view.running()).isEqualTo(1);
    assertThat(view.hostname()).isEqualTo("alpha");
    assertThat(agents().views(Scope.EVERYTHING, "local"))
        .extracting(AgentView::key)
        .containsExactly(AGENT, OTHER_AGENT);
    assertThat(agents().views(Scope.EVERYTHING, null)).hasSize(2);
    assertThat(agents().views(Scope.EVERYTHING, "mars")).isEmpty();
  }
}
