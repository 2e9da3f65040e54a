package io.cloudtask.agent.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.agent.presence.Registrar.State;
import io.cloudtask.coordination.RevisionMark;
import org.junit.jupiter.api.Test;

class RegistrarTest {
  private static final RevisionMark MARK = new RevisionMark(7, 3);

  private final Registrar registrar = new Registrar();

  @Test
  void who_holds_what_the_mark_names_is_registered_without_asking() {
    registrar.connected();
    registrar.looked(MARK, 4);
    registrar.knows(7, 0);
    assertThat(registrar.mark()).isEqualTo(MARK);
    registrar.registered();
    assertThat(registrar.state()).isEqualTo(State.REGISTERED);
  }

  @Test
  void who_does_not_needs_a_set_that_was_asked_for_after_the_mark_was_read() {
    registrar.connected();
    registrar.looked(MARK, 4);
    registrar.knows(6, 4);
    assertThat(registrar.state()).isEqualTo(State.LEARNING);
    registrar.knows(8, 5);
    assertThat(registrar.state()).isEqualTo(State.READY);
  }

  @Test
  void a_later_revision_than_that_of_the_mark_does_not_do() {
    registrar.connected();
    registrar.looked(MARK, 4);
    registrar.knows(8, 4);
    assertThat(registrar.state()).isEqualTo(State.LEARNING);
  }

  @Test
  void a_set_that_has_moved_meanwhile_and_a_lost_session_begin_anew() {
    registrar.connected();
    registrar.looked(MARK, 4);
    registrar.knows(7, 0);
    registrar.again();
    registrar.looked(new RevisionMark(8, 4), 5);
    registrar.knows(7, 5);
    assertThat(registrar.state()).isEqualTo(State.LEARNING);
    registrar.knows(8, 6);
    registrar.registered();
    registrar.again();
    assertThat(registrar.state()).isEqualTo(State.LOOKING);
  }

  @Test
  void nobody_is_registered_without_knowing_the_set() {
    registrar.connected();
    registrar.looked(MARK, 4);
    assertThatThrownBy(registrar::mark).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(registrar::registered).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void who_was_refused_looks_again() {
    registrar.connected();
    registrar.looked(MARK, 4);
    registrar.knows(7, 0);
    registrar.refused();
    registrar.again();
    assertThat(registrar.state()).isEqualTo(State.LOOKING);
  }
}
