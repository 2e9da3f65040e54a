package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.WhyView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Jobs as people read them. */
final class JobPages {
  private JobPages() {}

  static Table table(List<JobView> jobs, Session session) {
    Table table =
        new Table(
            Column.of("JOB").spare(4),
            Column.of("NAME").cutTo(20),
            Column.of("GROUP").cutTo(10),
            Column.of("STATE").cutTo(20),
            Column.of("NEXT"),
            Column.of("LAST").spare(2),
            Column.of("AGENT").cutTo(12).spare(3),
            Column.of("SCHEDULE").cutTo(24).spare(1));
    for (JobView job : jobs) {
      JobDefinition definition = job.definition();
      table.add(
          job.jobid(),
          definition.name(),
          definition.group(),
          job.stat() == JobView.REALLOCATING ? state(job) + ": " + job.execerr() : state(job),
          session.time(job.nextat()),
          session.time(job.execat()),
          job.agent() == null ? Text.NONE : job.agent(),
          job.schedules().isEmpty() ? "by hand" : String.join("; ", job.schedules()));
    }
    return table;
  }

  static String state(JobView job) {
    String word =
        switch (job.stat()) {
          case JobView.REALLOCATING -> "no agent";
          case JobView.CREATED -> "created";
          case JobView.RUNNING -> "running";
          case JobView.IDLE -> "idle";
          case JobView.FAILED -> "failed";
          default -> Integer.toString(job.stat());
        };
    return job.definition().enabled() ? word : word + ", disabled";
  }

  static void describe(JobView job, Session session) {
    JobDefinition definition = job.definition();
    ZoneId zone = session.world().zone();
    session.field("job", job.jobid());
    session.field("name", definition.name());
    session.field("group", definition.runtime() + "/" + definition.group());
    session.field("state", state(job));
    if (!job.execerr().isEmpty()) {
      session.field("because", job.execerr());
    }
    session.field("next", Text.time(job.nextat(), zone));
    session.field("last start", Text.preciseTime(job.execat(), zone));
    session.field("agent", job.agent() == null ? Text.NONE : job.agent());
    if (job.schedules().isEmpty()) {
      session.field("schedule", "none: by hand only");
    }
    job.schedules().forEach(words -> session.field("schedule", words));
    policies(definition, session);
    session.field(
        "version",
        job.version() + " of " + Text.time(job.editat(), zone) + " by " + job.edituser());
    session.field("created", Text.time(job.createat(), zone) + " by " + job.createuser());
    session.say("command:");
    definition.command().lines().forEach(line -> session.say("  " + Text.line(line)));
  }

  private static void policies(JobDefinition definition, Session session) {
    session.field("zone", definition.timezone().isEmpty() ? "of the host" : definition.timezone());
    session.field("overlap", lower(definition.overlap()));
    session.field(
        "missed",
        lower(definition.missed())
            + (definition.startdeadline() == 0
                ? ""
                : ", never later than " + definition.startdeadline() + " s"));
    session.field("guarantee", lower(definition.guarantee()));
    Integer disconnect = definition.ondisconnect();
    if (disconnect != null) {
      session.field("ondisconnect", "stopped " + disconnect + " s after its agent was cut off");
    }
    session.field("timeout", definition.timeout() == 0 ? "none" : definition.timeout() + " s");
    if (!definition.filename().isEmpty()) {
      session.field("package", definition.filename());
    }
    if (!definition.servers().isEmpty()) {
      session.field("servers", String.join(", ", definition.servers()));
    }
    // Values may be secrets, and this is often shown to others: job export has them.
    definition.env().stream()
        .map(entry -> entry.substring(0, Math.max(0, entry.indexOf('='))))
        .forEach(name -> session.field("env", name + "=..."));
    if (!definition.description().isEmpty()) {
      session.field("description", definition.description());
    }
  }

  static String next(List<NextView> jobs) {
    StringBuilder text = new StringBuilder();
    for (NextView job : jobs) {
      text.append(Text.line(job.name())).append(job.enabled() ? "" : "  (disabled)").append('\n');
      job.schedules().forEach(words -> text.append("  ").append(Text.line(words)).append('\n'));
      if (job.schedules().isEmpty()) {
        text.append("  no schedule: by hand only\n");
      } else if (job.times().isEmpty()) {
        text.append(job.enabled() ? "  never again\n" : "  nothing is due while it is disabled\n");
      }
      ZoneId zone = zone(job.zone());
      for (Instant time : job.times()) {
        text.append("    ").append(Text.time(time, zone)).append('\n');
      }
      if (!job.times().isEmpty()) {
        text.append("    (").append(Text.line(job.zone())).append(")\n");
      }
    }
    return text.toString();
  }

  /** A center may know zones that this machine does not; UTC is right for every reader. */
  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  static void why(WhyView why, Session session) {
    ZoneId zone = session.world().zone();
    session.say(
        Text.line(why.name())
            + " at "
            + Text.time(why.at(), zone)
            + ": "
            + lower(why.verdict()).replace('_', ' ')
            + (why.reason() == null ? "" : " (" + why.reason().replace('_', ' ') + ")"));
    session.say(Text.lines(why.explanation()));
    if (why.version() != null) {
      session.field("version", Long.toString(why.version()));
    }
    if (why.runid() != null) {
      session.field("run", why.runid());
    }
    if (why.previous() != null) {
      session.field("due before", Text.time(why.previous(), zone));
    }
    if (why.following() != null) {
      session.field("due after", Text.time(why.following(), zone));
    }
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
