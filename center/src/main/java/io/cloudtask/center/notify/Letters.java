package io.cloudtask.center.notify;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.EventRow;
import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.Outputs;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what a letter says from the store. Immutable. */
final class Letters {
  private static final int TAIL = 2000;
  private static final int WITH_OUTPUT = 5;
  private static final List<String> STREAMS = List.of("stderr", "stdout");

  private final Supplier<String> console;

  Letters(Supplier<String> console) {
    this.console = console;
  }

  /** Whether a rule is about what an event happened to. */
  static boolean isMeant(Tx tx, RuleRow rule, EventRow event) {
    if (event.kind().ofAgent()) {
      return rule.about().equals(RuleRow.About.ANYTHING)
          || tx.agents()
              .find(event.agentkey())
              .map(AgentRow::runtime)
              .filter(rule.about()::meansAgents)
              .isPresent();
    }
    return rule.about().equals(RuleRow.About.ANYTHING)
        || definition(tx, event.jobid())
            .filter(job -> rule.about().meansJob(job.runtime(), job.group(), event.jobid()))
            .isPresent();
  }

  private static Optional<JobDefinition> definition(Tx tx, String jobid) {
    return tx.jobs().find(jobid).map(job -> job.definition());
  }

  Letter write(Tx tx, RuleRow rule, List<NoticeRow> notices) {
    boolean brief = notices.size() > WITH_OUTPUT;
    return new Letter(
        notices.getFirst().id() + '-' + notices.size(),
        rule,
        notices.stream().map(notice -> item(tx, notice, brief)).toList());
  }

  private Letter.Item item(Tx tx, NoticeRow notice, boolean brief) {
    EventRow event = notice.event();
    Letter.Job job =
        definition(tx, event.jobid())
            .map(d -> new Letter.Job(event.jobid(), d.runtime(), d.group(), d.name()))
            .orElse(null);
    String host =
        event.agentkey().isEmpty()
            ? ""
            : tx.agents().find(event.agentkey()).map(agent -> agent.node().hostname()).orElse("");
    boolean printed = event.kind() == EventKind.FAILED && !event.runid().isEmpty() && !brief;
    return new Letter.Item(
        notice, job, host, printed ? output(tx, event.runid()) : "", link(event));
  }

  private String link(EventRow event) {
    String base = console.get();
    if (base.isEmpty()) {
      return "";
    }
    if (!event.runid().isEmpty()) {
      return base + "/runs/" + event.runid();
    }
    return event.kind().ofAgent()
        ? base + "/agents?agent=" + event.agentkey()
        : base + "/jobs/" + event.jobid();
  }

  /** The end of the first stream that has something. */
  private static String output(Tx tx, String runid) {
    List<Outputs.StreamRow> kept = tx.outputs().list(runid);
    for (String stream : STREAMS) {
      for (Outputs.StreamRow row : kept) {
        if (row.stream().equals(stream) && row.size() > 0) {
          return tail(tx, row);
        }
      }
    }
    return "";
  }

  private static String tail(Tx tx, Outputs.StreamRow row) {
    long from = Math.max(0, row.size() - TAIL);
    byte[] bytes =
        tx.outputs()
            .read(row.runid(), row.stream(), from, TAIL)
            .map(Outputs.Part::data)
            .orElse(new byte[0]);
    String text = new String(bytes, StandardCharsets.UTF_8);
    // Nothing that a terminal or a mail program would act on.
    String plain =
        text.replaceAll("\\x1b\\[[0-9;]*[A-Za-z]", "").replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    return from == 0 ? plain : "... " + plain;
  }

  /** A letter that says that it is only a test. */
  static Letter test(RuleRow rule, Instant now) {
    EventKind kind = rule.kinds().stream().sorted().findFirst().orElse(EventKind.FAILED);
    EventRow event = new EventRow(kind, now, "", "", "", "this is only a test");
    NoticeRow notice = NoticeRow.of(rule.ruleid(), event, now, now);
    Letter.@Nullable Job job =
        kind.ofAgent() ? null : new Letter.Job("", "test", "test", "example");
    return new Letter(notice.id(), rule, List.of(new Letter.Item(notice, job, "example", "", "")));
  }
}
