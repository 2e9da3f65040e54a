package io.cloudtask.center.lead;

import io.cloudtask.center.notify.Events;
import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a leader does, one round at a time; a center that does not lead does nothing. It has no
 * thread and no clock of its own (the time is the database's), and is used by one thread at a time.
 * A {@link io.cloudtask.store.StoreException} ends a round; the next one starts from what is there.
 */
public final class Duties {
  /** How long nothing need be done when nothing happens. */
  public static final Duration TICK = Duration.ofSeconds(5);

  /**
   * With whom a leader works.
   *
   * @param members who is there
   * @param changed told which agents have a job set of a new revision
   */
  public record Parts(
      Store store,
      Coordinator coordinator,
      Mandate mandate,
      Supplier<Members> members,
      Consumer<Set<String>> changed,
      Events events) {}

  private record Seen(Instant now, List<AgentRow> agents) {}

  private final Parts parts;
  private final LeadSettings settings;
  private final Mandate mandate;
  private final Fencer fencer;
  private final Planning planning;
  private final Upkeep upkeep;
  private @Nullable Roster roster;
  private Instant upkeepDue = Instant.MIN;

  /**
   * @param zone of schedules and jobs that name none, while no agent has the job
   */
  public Duties(Parts parts, LeadSettings settings, ZoneId zone) {
    this.parts = parts;
    this.settings = settings;
    this.mandate = parts.mandate();
    this.fencer =
        new Fencer(parts.coordinator(), mandate, parts.events(), settings.lease(), settings.skew());
    this.planning = new Planning(parts.store(), mandate, settings.mode(), parts.changed());
    this.upkeep = new Upkeep(parts.store(), mandate, settings, zone);
  }

  /**
   * Does what is to be done now.
   *
   * @return after which time to do it again at the latest
   */
  public Duration round() {
    mandate.assume().ifPresent(this::begin);
    if (mandate.epoch() == 0) {
      roster = null;
      return TICK;
    }
    Seen seen = parts.store().read(tx -> new Seen(tx.now(), tx.agents().list(null)));
    Roster watched = roster == null ? new Roster(settings.recovery(), seen.now()) : roster;
    roster = watched;
    watch(watched, seen);
    Instant next =
        settings.fencing() ? fencer.look(seen.agents(), watched, seen.now()) : Instant.MAX;
    planning.place(watched.arriving(seen.now()), seen.now());
    if (!seen.now().isBefore(upkeepDue)) {
      upkeepDue = seen.now().plus(TICK);
      upkeep.unheld(planning.unheld());
      upkeep.lost(seen.now());
    }
    return next.isBefore(seen.now().plus(TICK)) ? Duration.between(seen.now(), next) : TICK;
  }

  /** Removes what is too old; may be called beside {@link #round}. */
  public void prune() {
    upkeep.prune();
  }

  private void begin(long epoch) {
    roster = null;
    planning.forget();
    upkeepDue = Instant.MIN;
    Instant now = parts.store().read(tx -> tx.now());
    parts
        .events()
        .happened(
            new NodeEvent(
                NodeEvent.Kind.CENTER_ELECTED, mandate.centerKey(), "", now, "epoch " + epoch));
  }

  /** Carries who is there into the store, for plans and for people. */
  private void watch(Roster watched, Seen seen) {
    Members members = parts.members().get();
    List<NodeEvent> events = watched.look(members, seen.agents(), seen.now());
    if (seen.agents().stream()
        .anyMatch(agent -> agent.online() != members.isSignedIn(agent.key()))) {
      Set<String> online = new TreeSet<>(members.signedIn());
      mandate.write(tx -> tx.agents().online(online));
    }
    events.forEach(parts.events()::happened);
  }
}
