package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Election and bells, for every coordinator. */
abstract class LeadershipContract extends Contract {
  /** What one center hears. */
  static final class Heard implements LeaderListener {
    final List<String> words = new CopyOnWriteArrayList<>();

    @Override
    public void elected() {
      words.add("elected");
    }

    @Override
    public void deposed() {
      words.add("deposed");
    }
  }

  @Test
  void the_only_center_leads_until_it_gives_up() {
    var heard = new Heard();

    Candidacy candidacy = open().lead("c1", heard);

    await().until(() -> heard.words.equals(List.of("elected")));
    assertThat(candidacy.leads()).isTrue();
    candidacy.close();
    candidacy.close();
    assertThat(candidacy.leads()).isFalse();
  }

  @Test
  void a_second_center_leads_when_the_first_gives_up() {
    Candidacy first = open().lead("c1", new Heard());
    await().until(first::leads);
    var heard = new Heard();
    Candidacy second = open().lead("c2", heard);
    assertThat(second.leads()).isFalse();

    first.close();

    await().until(second::leads);
    await().until(() -> heard.words.equals(List.of("elected")));
  }

  @Test
  void a_second_center_leads_when_the_first_is_closed() {
    Coordinator one = open();
    Candidacy first = one.lead("c1", new Heard());
    await().until(first::leads);
    Candidacy second = open().lead("c2", new Heard());

    one.close();

    await().until(second::leads);
    assertThat(first.leads()).isFalse();
  }

  @Test
  void a_lost_session_deposes_and_a_new_one_may_be_elected_again() {
    Coordinator one = open();
    var heard = new Heard();
    Candidacy first = one.lead("c1", heard);
    await().until(first::leads);

    server().expire(one);

    await().until(() -> heard.words.equals(List.of("elected", "deposed", "elected")));
    assertThat(first.leads()).isTrue();
  }

  @Test
  void who_is_not_connected_does_not_lead() {
    Coordinator one = open();
    var heard = new Heard();
    Candidacy first = one.lead("c1", heard);
    await().until(first::leads);

    server().stop();
    await().until(() -> one.connection() != Connection.CONNECTED);
    await().until(() -> heard.words.equals(List.of("elected", "deposed")));
    assertThat(first.leads()).isFalse();
    server().start();

    await().until(() -> heard.words.equals(List.of("elected", "deposed", "elected")));
  }

  @Test
  void two_never_lead_while_both_are_connected() {
    Candidacy first = open().lead("c1", new Heard());
    Candidacy second = open().lead("c2", new Heard());
    await().until(() -> first.leads() || second.leads());

    assertThat(first.leads() && second.leads()).isFalse();
  }

  @Test
  void a_bell_is_heard_by_everybody_who_listens() throws Exception {
    Coordinator ringing = open();
    var one = new AtomicInteger();
    var two = new AtomicInteger();
    Coordinator.Subscription first = open().watchBell("PLAN", one::incrementAndGet);
    open().watchBell("PLAN", two::incrementAndGet);
    open().watchBell("OTHER", () -> two.addAndGet(1_000));
    ringing.ring("PLAN");
    await().until(() -> one.get() == 1 && two.get() == 1);

    ringing.ring("PLAN");
    await().until(() -> one.get() == 2 && two.get() == 2);
    first.close();
    ringing.ring("PLAN");

    await().until(() -> two.get() == 3);
    assertThat(one).hasValue(2);
  }

  @Test
  void a_bell_that_rang_during_an_outage_is_heard_after_it() throws Exception {
    Coordinator one = open();
    var heard = new AtomicInteger();
    one.watchBell("PLAN", heard::incrementAndGet);
    Coordinator other = open();
    other.ring("PLAN");
    await().until(() -> heard.get() == 1);

    server().stop();
    await().until(() -> one.connection() != Connection.CONNECTED);
    assertThatThrownBy(() -> one.ring("PLAN")).isInstanceOf(CoordinationException.class);
    server().start();
    await().until(() -> other.connection() == Connection.CONNECTED);
    other.ring("PLAN");

    await().until(() -> heard.get() == 2);
  }

  @Test
  void a_bell_with_a_name_that_leads_elsewhere_is_refused() {
    Coordinator one = open();

    assertThatThrownBy(() -> one.ring("../PLAN")).isInstanceOf(IllegalArgumentException.class);
  }
}
