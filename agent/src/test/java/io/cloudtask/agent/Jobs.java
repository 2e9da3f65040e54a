package io.cloudtask.agent;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.schedule.ScheduleDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs for tests; each method gives a changed copy. */
public record Jobs(AssignedJob job) {
  public static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");

  /** A job of every second from {@link #T0} on, in UTC. */
  public static Jobs secondly(int number) {
    return every(number, 1, 1);
  }

  public static Jobs every(int number, int turnmode, long interval) {
    JobDefinition definition =
        new JobDefinition(
            "local",
            "default",
            "job-" + number,
            "true",
            "",
            List.of(),
            0,
            List.of(),
            true,
            Overlap.SKIP,
            Missed.SKIP,
            0,
            Guarantee.LEASED,
            null,
            "UTC",
            List.of(schedule(turnmode, interval)),
            "");
    return new Jobs(new AssignedJob(id(number), 1, T0, T0, 1, definition, null));
  }

  public static String id(int number) {
    return String.format("%024x", number);
  }

  public static ScheduleDefinition schedule(int turnmode, long interval) {
    return new ScheduleDefinition(
        "s", 1, turnmode, interval, "01/01/2026", "", "00:00", "23:59", "", null, null, null, null);
  }

  /** Every day at a second of UTC. */
  public static ScheduleDefinition daily(Instant at) {
    return new ScheduleDefinition(
        "s", 1, 7, 1, "01/01/2026", "", "00:00", "", "", null, cron(at), null, null);
  }

  private static String cron(Instant at) {
    ZonedDateTime time = at.atZone(ZoneOffset.UTC);
    return "%d %d %d * * *".formatted(time.getSecond(), time.getMinute(), time.getHour());
  }

  public Jobs version(long version) {
    return with(job.span(), job.from(), job.assignedat(), version);
  }

  public Jobs from(Instant from) {
    return with(job.span(), from, from, job.version());
  }

  /** Another assignment of the same job. */
  public Jobs span(long span, Instant from) {
    return with(span, from, from, job.version());
  }

  private Jobs with(long span, Instant from, Instant assignedat, long version) {
    return new Jobs(
        new AssignedJob(
            job.jobid(),
            span,
            from,
            assignedat,
            version,
            job.definition(),
            job.pack(),
            job.sole(),
            job.recalled(),
            job.redo()));
  }

  public Jobs sole(boolean sole) {
    return flagged(sole, job.recalled(), job.redo());
  }

  public Jobs recalled(boolean recalled) {
    return flagged(job.sole(), recalled, job.redo());
  }

  public Jobs redo(@Nullable Instant redo) {
    return flagged(job.sole(), job.recalled(), redo);
  }

  private Jobs flagged(boolean sole, boolean recalled, @Nullable Instant redo) {
    return new Jobs(
        new AssignedJob(
            job.jobid(),
            job.span(),
            job.from(),
            job.assignedat(),
            job.version(),
            job.definition(),
            job.pack(),
            sole,
            recalled,
            redo));
  }

  public Jobs overlap(Overlap overlap) {
    return with(new Definition(job.definition()).overlap(overlap));
  }

  public Jobs missed(Missed missed) {
    return with(new Definition(job.definition()).missed(missed));
  }

  public Jobs startdeadline(long seconds) {
    return with(new Definition(job.definition()).startdeadline(seconds));
  }

  public Jobs schedules(ScheduleDefinition... schedules) {
    return with(new Definition(job.definition()).schedules(List.of(schedules)));
  }

  public Jobs command(String command) {
    return with(new Definition(job.definition()).command(command));
  }

  public Jobs timeout(long seconds) {
    return with(new Definition(job.definition()).timeout(seconds));
  }

  public Jobs guarantee(Guarantee guarantee) {
    return with(new Definition(job.definition()).guarantee(guarantee));
  }

  public Jobs ondisconnect(int seconds) {
    return with(new Definition(job.definition()).ondisconnect(seconds));
  }

  public Jobs enabled(boolean enabled) {
    return with(job.definition().withEnabled(enabled));
  }

  private Jobs with(Definition definition) {
    return with(definition.build());
  }

  private Jobs with(JobDefinition definition) {
    return new Jobs(
        new AssignedJob(
            job.jobid(),
            job.span(),
            job.from(),
            job.assignedat(),
            job.version(),
            definition,
            job.pack(),
            job.sole(),
            job.recalled(),
            job.redo()));
  }

  /** What of a definition the tests change. */
  private static final class Definition {
    private final JobDefinition before;
    private String command;
    private Overlap overlap;
    private Missed missed;
    private long startdeadline;
    private List<ScheduleDefinition> schedules;
    private long timeout;
    private Guarantee guarantee;
    private @Nullable Integer ondisconnect;

    Definition(JobDefinition before) {
      this.before = before;
      this.command = before.command();
      this.overlap = before.overlap();
      this.missed = before.missed();
      this.startdeadline = before.startdeadline();
      this.schedules = before.schedules();
      this.timeout = before.timeout();
      this.guarantee = before.guarantee();
      this.ondisconnect = before.ondisconnect();
    }

    Definition command(String value) {
      command = value;
      return this;
    }

    Definition overlap(Overlap value) {
      overlap = value;
      return this;
    }

    Definition missed(Missed value) {
      missed = value;
      return this;
    }

    Definition startdeadline(long value) {
      startdeadline = value;
      return this;
    }

    Definition schedules(List<ScheduleDefinition> value) {
      schedules = value;
      return this;
    }

    Definition timeout(long value) {
      timeout = value;
      return this;
    }

    Definition guarantee(Guarantee value) {
      guarantee = value;
      return this;
    }

    Definition ondisconnect(int value) {
      ondisconnect = value;
      return this;
    }

    JobDefinition build() {
      return new JobDefinition(
          before.runtime(),
          before.group(),
          before.name(),
          command,
          before.filename(),
          before.env(),
          timeout,
          before.servers(),
          before.enabled(),
          overlap,
          missed,
          startdeadline,
          guarantee,
          ondisconnect,
          before.timezone(),
          schedules,
          before.description());
    }
  }
}
