package io.cloudtask.simulation.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A safeguard that is left out, to show that this would be noticed. */
public enum Mutant {
  /** Nothing is left out. */
  NONE(0, "nothing is left out"),
  NO_LEASE_CHECK(3, "an agent starts what is due whether its lease lasts or not"),
  LEASE_BY_READING(236, "the coordinator's lease is renewed by a read, which any server answers"),
  NO_MARGIN(93, "the coordinator's lease lasts for the whole session timeout"),
  LEASE_FROM_ANSWER(747, "leases are counted from the answer, not from the sending"),
  NO_REVISION_CHECK(59, "an agent is registered although its job set has moved"),
  NO_SKEW_ALLOWANCE(10, "a fenced agent's clock counts as exact"),
  NO_STORE_LEASE_CHECK(111, "an agent is fenced although the store's lease lasts"),
  NO_LEASE_WITH_SET(
      440, "an agent that is handed its set may be fenced at once, until it has a lease"),
  SPAN_TAKEN_AGAIN(29, "an agent takes up a span that it has given back"),
  FENCE_BY_LEADER(17, "the leader names the end of a span that a living agent is to give back"),
  NO_EPOCH_CHECK(3, "a leader that has been replaced goes on"),
  OUTBOX_DROPPED_EARLY(
      1, "facts leave the journal when they are sent, not when they are acknowledged"),
  START_BEFORE_FLUSH(165, "a run is started before its promise is durable"),
  CLAIM_NOT_ASKED(27, "a fire time is taken as claimed without asking"),
  CURSOR_FORGOTTEN(2, "a restarted agent has forgotten up to where it has answered");

  private final String words;
  private final long noticed;

  Mutant(long noticed, String words) {
    this.noticed = noticed;
    this.words = words;
  }

  /**
   * The first seed, from 1 on, that notices what is left out; it moves with the program. 0 for
   * {@link #NONE}.
   */
  public long noticed() {
    return noticed;
  }

  /** What is left out, for a person. */
  public String words() {
    return words;
  }

  /** As it is written on the command line: {@code no-lease-check}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of that name, {@code none} included. */
  public static Optional<Mutant> of(String written) {
    return Arrays.stream(values()).filter(mutant -> mutant.written().equals(written)).findFirst();
  }

  /** All that leave something out. */
  public static List<Mutant> all() {
    return Arrays.stream(values()).filter(mutant -> mutant != NONE).toList();
  }
}
