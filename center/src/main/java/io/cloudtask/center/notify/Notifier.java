package io.cloudtask.center.notify;

import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.Notifications;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import io.cloudtask.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells people what has happened, round by round. A round is made by one thread at a time; letters
 * of different rules are sent beside each other, so that one that hangs holds up no other.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Notifier.class.getName());
  private static final int EVENTS_AT_ONCE = 500;
  private static final int NOTICES_AT_ONCE = 500;
  private static final int ITEMS = 50;
  private static final Duration END = Duration.ofSeconds(1);

  private final Store store;
  private final Leader leader;
  private final Clock clock;
  private final Letters letters;
  private final Map<RuleRow.Channel, Channel> channels;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param console where people find the console, for links; "" while nobody knows
   */
  public Notifier(
      Store store,
      Leader leader,
      NotifySettings settings,
      SigningSecrets secrets,
      Supplier<String> console,
      Clock clock) {
    this.store = store;
    this.leader = leader;
    this.clock = clock;
    this.letters = new Letters(console);
    this.channels =
        Map.of(
            RuleRow.Channel.MAIL,
            new MailChannel(settings.mail(), clock),
            RuleRow.Channel.WEBHOOK,
            new WebhookChannel(settings.local(), secrets, clock));
  }

  /** Makes notices of what has happened, and begins to send those that are due. */
  public void round() {
    Instant now = clock.instant();
    boolean idle =
        store.read(tx ->
            tx.notifications().events(1).isEmpty() && tx.notifications().due(now, 1).isEmpty());
    if (!idle) {
      work();
    }
  }

  private void work() {
    boolean more = true;
    while (more) {
      more = leader.write(tx -> fold(tx, clock.instant())).orElse(false);
    }
    Optional<Map<RuleRow, List<NoticeRow>>> due = leader.write(tx -> begin(tx, clock.instant()));
    due.ifPresent(rules -> rules.forEach(this::send));
  }

  /** Returns whether there may be more. */
  private static boolean fold(Tx tx, Instant now) {
    Notifications notifications = tx.notifications();
    List<Notifications.Queued> queued = notifications.events(EVENTS_AT_ONCE);
    if (queued.isEmpty()) {
      return false;
    }
    List<RuleRow> rules = notifications.rules().stream().filter(RuleRow::enabled).toList();
    for (Notifications.Queued one : queued) {
      for (RuleRow rule : rules) {
        if (rule.kinds().contains(one.event().kind()) && Letters.isMeant(tx, rule, one.event())) {
          notifications.save(
              Folding.fold(
                  rule.ruleid(),
                  one.event(),
                  notifications.newest(rule.ruleid(), one.event().topic()),
                  now));
        }
      }
    }
    notifications.done(queued.stream().map(Notifications.Queued::id).toList());
    return queued.size() == EVENTS_AT_ONCE;
  }

  private static Map<RuleRow, List<NoticeRow>> begin(Tx tx, Instant now) {
    Map<String, RuleRow> rules = new LinkedHashMap<>();
    tx.notifications().rules().forEach(rule -> rules.put(rule.ruleid(), rule));
    Map<RuleRow, List<NoticeRow>> begun = new LinkedHashMap<>();
    for (NoticeRow notice : tx.notifications().due(now, NOTICES_AT_ONCE)) {
      RuleRow rule = rules.get(notice.ruleid());
      if (rule == null || !rule.enabled()) {
        tx.notifications()
            .save(
                notice.with(
                    new NoticeRow.Delivery(
                        NoticeRow.State.FAILED, now, 0, "its rule is switched off", null)));
        continue;
      }
      List<NoticeRow> own = begun.computeIfAbsent(rule, any -> new ArrayList<>());
      if (own.size() < ITEMS) {
        NoticeRow going = notice.with(Retries.begin(notice, now));
        tx.notifications().save(going);
        own.add(going);
      }
    }
    return begun;
  }

  private void send(RuleRow rule, List<NoticeRow> notices) {
    try {
      senders.execute(() -> {
        try {
          deliver(rule, notices);
        } catch (StoreException e) {
          // They are due again when the attempt is taken for a failed one.
          LOG.log(Level.WARNING, "What came of a notice can''t be noted: {0}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "A notice can't be sent because of a fault", e);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.log(Level.TRACE, "A notice came after the end");
    }
  }

  private void deliver(RuleRow rule, List<NoticeRow> notices) {
    Letter letter = store.read(tx -> letters.write(tx, rule, notices));
    Channel.Outcome outcome = channel(rule).send(letter);
    Instant now = clock.instant();
    store.execute(tx ->
        notices.forEach(
            notice -> tx.notifications().save(notice.with(Retries.end(notice, outcome, now)))));
    if (!(outcome instanceof Channel.Outcome.Sent)) {
      LOG.log(Level.WARNING, "The rule \"{0}\" tells nobody: {1}", rule.name(), outcome);
    }
  }

  private Channel channel(RuleRow rule) {
    Channel channel = channels.get(rule.way().channel());
    if (channel == null) {
      throw new IllegalStateException("there is no channel " + rule.way().channel());
    }
    return channel;
  }

  /**
   * Sends something by a rule now, so that people see whether it arrives.
   *
   * @return why it does not; empty when somebody has taken it
   */
  public Optional<String> test(RuleRow rule) {
    return switch (channel(rule).send(Letters.test(rule, clock.instant()))) {
      case Channel.Outcome.Sent() -> Optional.empty();
      case Channel.Outcome.Failed(String why) -> Optional.of(why);
      case Channel.Outcome.Refused(String why) -> Optional.of(why);
    };
  }

  @Override
  public void close() {
    senders.shutdown();
    try {
      if (!senders.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        senders.shutdownNow(); // It is sent again by whoever leads next.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
