package io.cloudtask.agent.report;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Center;
import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.center.Patience;
import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends facts for as long as it lives. Thread-safe. */
public final class Reporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reporter.class.getName());
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Journal journal;
  private final Center center;
  private final Introduction introduction;
  private final RunOutputs outputs;
  private final String incarnation;
  private final Delivery delivery;
  private final Patience patience;
  private final Loop loop;
  private @Nullable String trouble;

  /**
   * @param outputs of the runs that the facts speak of
   * @param acked what a center has committed, as far as the journal knows
   */
  public Reporter(
      Loops loops,
      Contact contact,
      Journal journal,
      RunOutputs outputs,
      long acked,
      RandomGenerator random) {
    this.journal = journal;
    this.center = contact.center();
    this.introduction = contact.introduction();
    this.outputs = outputs;
    this.incarnation = contact.incarnation();
    this.delivery = new Delivery(acked);
    this.patience = new Patience(Duration.ofMillis(250), IDLE, random);
    this.loop = loops.loop("reporter", Loops.Kind.CALLER, this::drain);
  }

  public void start() {
    journal.onGrowth(loop::ring);
    loop.start();
  }

  /** Everything up to this sequence is committed in the store. */
  public long acked() {
    synchronized (delivery) {
      return delivery.acked();
    }
  }

  /** Sends what there is, and says when to look again. */
  private Wait drain() throws InterruptedException {
    try {
      for (List<Report> facts = next(); !facts.isEmpty(); facts = next()) {
        if (!introduction.make() || !send(facts)) {
          return pause();
        }
        patience.succeeded();
      }
      return Wait.atMost(IDLE);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      tell(e.getMessage());
      return pause();
    }
  }

  /** What grew meanwhile must not cut the wait short: the center is away, and every job tells. */
  private Wait pause() {
    return Wait.whole(patience.failed());
  }

  private List<Report> next() throws IOException {
    return journal.facts(acked(), delivery.most());
  }

  private boolean send(List<Report> facts) throws IOException {
    Parcel parcel = Parcel.of(facts, outputs);
    for (Parcel.Large large : parcel.large()) {
      if (center.upload(large.output(), large.kept().length(), large.kept()::open)
          instanceof Answer.Refused<Void> refused) {
        return refused("output", refused.message());
      }
    }
    ReportBatch batch = new ReportBatch(incarnation, parcel.reports(), parcel.outputs());
    return switch (center.report(batch)) {
      case Answer.Done<ReportAck>(ReportAck ack) -> {
        applied(ack.applied());
        if (ack.applied() < batch.reports().getLast().sequence()) {
          yield refused("reports", "it has committed only up to " + ack.applied());
        }
        parcel.ended().forEach(outputs::delivered);
        heard();
        yield true;
      }
      case Answer.Refused<ReportAck> refused -> refused("reports", refused.message());
      case Answer.Unchanged<ReportAck> _ -> refused("reports", "it answered without a word");
    };
  }

  /** Hears from a center how far it has come; a smaller number than before changes nothing. */
  public void applied(long sequence) {
    boolean news;
    synchronized (delivery) {
      news = delivery.applied(sequence);
    }
    if (news) {
      journal.note(new Entry.Acked(sequence));
    }
  }

  /** It may not know this agent any more, or a batch may be too large for it. */
  private boolean refused(String what, String message) {
    introduction.forget();
    delivery.refused();
    tell("it refuses " + what + ": " + message);
    return false;
  }

  private void heard() {
    delivery.delivered();
    if (trouble != null) {
      trouble = null;
      LOG.log(System.Logger.Level.INFO, "Reports are delivered again.");
    }
  }

  /** Says what is wrong when it begins or changes, not at each attempt. */
  private void tell(@Nullable String message) {
    String now = String.valueOf(message);
    if (!now.equals(trouble)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Reports can''t be delivered: {0}. They are kept; trying again.",
          now);
    }
    trouble = now;
  }

  /** Stops sending; what is not sent stays in the journal. */
  @Override
  public void close() {
    loop.close();
  }
}
