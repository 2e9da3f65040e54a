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
    return new Jobs(
        new AssignedJob(
            job.jobid(),
            job.span(),
            job.from(),
            job.assignedat(),
            version,
            job.definition(),
            job.pack()));
  }

  public Jobs from(Instant from) {
    return new Jobs(
        new AssignedJob(
            job.jobid(), job.span(), from, from, job.version(), job.definition(), job.pack()));
  }

  public Jobs overlap(Overlap overlap) {
    JobDefinition d = job.definition();
    return with(d, d.command(), overlap, d.missed(), d.startdeadline(), d.schedules(), d.timeout());
  }

  public Jobs missed(Missed missed) {
    JobDefinition d = job.definition();
    return with(d, d.command(), d.overlap(), missed, d.startdeadline(), d.schedules(), d.timeout());
  }

  public Jobs startdeadline(long seconds) {
    JobDefinition d = job.definition();
    return with(d, d.command(), d.overlap(), d.missed(), seconds, d.schedules(), d.timeout());
  }

  public Jobs schedules(ScheduleDefinition... schedules) {
    JobDefinition d = job.definition();
    return with(
        d,
        d.command(),
        d.overlap(),
        d.missed(),
        d.startdeadline(),
        List.of(schedules),
        d.timeout());
  }

  public Jobs command(String command) {
    JobDefinition d = job.definition();
    return with(d, command, d.overlap(), d.missed(), d.startdeadline(), d.schedules(), d.timeout());
  }

  public Jobs timeout(long seconds) {
    JobDefinition d = job.definition();
    return with(d, d.command(), d.overlap(), d.missed(), d.startdeadline(), d.schedules(), seconds);
  }

  public Jobs enabled(boolean enabled) {
    return with(job.definition().withEnabled(enabled));
  }

  private Jobs with(
      JobDefinition d,
      String command,
      Overlap overlap,
      Missed missed,
      long startdeadline,
      List<ScheduleDefinition> schedules,
      long timeout) {
    return with(
        new JobDefinition(
            d.runtime(),
            d.group(),
            d.name(),
            command,
            d.filename(),
            d.env(),
            timeout,
            d.servers(),
            d.enabled(),
            overlap,
            missed,
            startdeadline,
            d.guarantee(),
            d.ondisconnect(),
            d.timezone(),
            schedules,
            d.description()));
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
            job.pack()));
  }
}
