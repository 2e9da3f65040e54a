package io.cloudtask.agent.timetable;

import io.cloudtask.model.exchange.AssignedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fire times whose claims are being asked for, all at once; what is due later waits for the end of
 * the round, so that the order of instants is kept. Not thread-safe.
 */
final class Round {
  /** How long an answer is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is known of a claim. */
  enum Claim {
    /** The fire time is this agent's, or needs no claim. */
    GRANTED,
    REFUSED,
    UNANSWERED
  }

  private final AssignedJob runner;
  private final Settlement settlement;
  private final Instant asked;
  private final Map<Instant, Claim> claims = new HashMap<>();

  /**
   * @param runner the version that is to run them
   * @param settlement of the time up to {@code asked}
   */
  Round(AssignedJob runner, Settlement settlement, Instant asked) {
    this.runner = runner;
    this.settlement = settlement;
    this.asked = asked;
    startable().forEach(at -> claims.put(at, Claim.UNANSWERED));
  }

  /** A round about no more than these. */
  static Round of(AssignedJob runner, List<Instant> instants, Instant asked) {
    return new Round(runner, new Settlement(List.of(), instants, List.of(), true), asked);
  }

  AssignedJob runner() {
    return runner;
  }

  Settlement settlement() {
    return settlement;
  }

  Instant asked() {
    return asked;
  }

  List<Instant> startable() {
    return settlement.startable();
  }

  /** Hears an answer; says whether it asked. */
  boolean answered(Instant fireAt, boolean granted) {
    return claims.computeIfPresent(fireAt, (_, _) -> granted ? Claim.GRANTED : Claim.REFUSED)
        != null;
  }

  Claim claim(Instant fireAt) {
    return claims.getOrDefault(fireAt, Claim.UNANSWERED);
  }

  boolean complete() {
    return !claims.containsValue(Claim.UNANSWERED);
  }

  Instant deadline() {
    return asked.plus(PATIENCE);
  }

  boolean over(Instant now) {
    return complete() || !now.isBefore(deadline());
  }
}
