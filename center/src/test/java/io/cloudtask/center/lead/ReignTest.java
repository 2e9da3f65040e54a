package io.cloudtask.center.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.lead.Reign.Phase;
import org.junit.jupiter.api.Test;

final class ReignTest {
  private static final Reign ELECTED = Reign.NONE.elected(true);
  private static final Reign LEADS = ELECTED.took(7);

  @Test
  void an_election_is_followed_by_an_epoch() {
    assertThat(Reign.NONE.leads()).isFalse();
    assertThat(ELECTED).isEqualTo(new Reign(Phase.ELECTED, 0));
    assertThat(ELECTED.leads()).isFalse();
    assertThat(LEADS).isEqualTo(new Reign(Phase.LEADS, 7));
    assertThat(LEADS.elected(true)).isEqualTo(LEADS);
  }

  @Test
  void who_is_deposed_follows_whatever_it_was() {
    assertThat(LEADS.elected(false)).isEqualTo(Reign.NONE);
    assertThat(ELECTED.elected(false)).isEqualTo(Reign.NONE);
    assertThat(Reign.NONE.elected(false)).isEqualTo(Reign.NONE);
  }

  @Test
  void an_epoch_that_comes_after_the_deposition_counts_for_nothing() {
    assertThat(ELECTED.elected(false).took(7)).isEqualTo(Reign.NONE);
  }

  @Test
  void who_is_overtaken_while_it_is_elected_takes_another_epoch() {
    assertThat(LEADS.overtaken(7)).isEqualTo(ELECTED);
    assertThat(LEADS.overtaken(6)).as("an older epoch of its own").isEqualTo(LEADS);
    assertThat(Reign.NONE.overtaken(7)).isEqualTo(Reign.NONE);
  }
}
