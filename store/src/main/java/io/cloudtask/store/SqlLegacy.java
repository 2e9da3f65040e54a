package io.cloudtask.store;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

record SqlLegacy(Session session) implements Legacy {
  private record Known(long version, long heard) {}

  @Override
  public Heard message(Message message, Instant now) {
    return switch (message) {
      case Message.SystemEvent event -> remember("m/" + event.msgid(), now);
      case Message.JobSelect select ->
          ofJob(message, select.jobid(), now)
              .orElseGet(() -> changed(select.jobid(), select.nextat(), select.timestamp()));
      case Message.JobExecute execute ->
          ofJob(message, execute.jobid(), now).orElseGet(() -> executed(execute));
    };
  }

  /** Why a message changes nothing; empty when it does. */
  private Optional<Heard> ofJob(Message message, String jobid, Instant now) {
    Optional<Known> job = known(jobid);
    if (job.isEmpty()) {
      return Optional.of(Heard.UNKNOWN_JOB);
    }
    if (remember("m/" + message.msgid(), now) == Heard.KNOWN) {
      return Optional.of(Heard.KNOWN);
    }
    return message.timestamp() < job.get().heard() ? Optional.of(Heard.OUTDATED) : Optional.empty();
  }

  private Heard changed(String jobid, @Nullable Instant nextat, long timestamp) {
    session
        .handle()
        .execute(
            "UPDATE job_state SET nextat = ?, heardat = ? WHERE jobid = ?",
            time(nextat),
            timestamp,
            jobid);
    return Heard.NEW;
  }

  private Heard executed(Message.JobExecute message) {
    boolean failed = message.state() != JobView.RUNNING && message.state() != JobView.IDLE;
    session
        .handle()
        .execute(
            """
            UPDATE job_state SET laststat = ?, lasterr = ?, execat = COALESCE(?, execat) WHERE jobid = ?
            """,
            failed ? JobView.FAILED : message.state(),
            failed ? Columns.text(Objects.requireNonNullElse(message.execerr(), "")) : "",
            time(message.execat()),
            message.jobid());
    return changed(message.jobid(), message.nextat(), message.timestamp());
  }

  private static @Nullable Long time(@Nullable Instant at) {
    return at == null || at.equals(Message.NONE) ? null : Columns.millis(at);
  }

  @Override
  public Heard log(JobLog log, Instant now) {
    Optional<Known> job = known(log.jobid());
    if (job.isEmpty()) {
      return Heard.UNKNOWN_JOB;
    }
    if (remember("l/" + log.msgid(), now) == Heard.KNOWN) {
      return Heard.KNOWN;
    }
    RunRow run = run(log, job.get().version());
    new RunTable(session.handle()).insert(List.of(run));
    keep(run.runid(), RunOutput.STDOUT, log.stdout());
    keep(run.runid(), RunOutput.STDERR, log.errout());
    return Heard.NEW;
  }

  private static RunRow run(JobLog log, long version) {
    Instant execat = log.execat();
    long took = Math.round(Math.max(0, log.exectimes()) * 1000);
    Instant started =
        execat == null || execat.equals(Message.NONE)
            ? Instant.ofEpochMilli(log.createat() - took)
            : execat;
    return new RunRow(
        Ids.manualRunId(log.jobid(), "log/" + log.msgid(), started),
        log.jobid(),
        version,
        Objects.requireNonNullElse(log.ipaddr(), ""),
        log.stat() == JobView.IDLE ? RunState.SUCCEEDED : RunState.FAILED,
        Trigger.EXTERNAL,
        1,
        null,
        started,
        started,
        started.plusMillis(took),
        null,
        null,
        Objects.requireNonNullElse(log.execerr(), ""),
        false);
  }

  private void keep(String runid, String stream, @Nullable String text) {
    byte[] data = Objects.requireNonNullElse(text, "").getBytes(StandardCharsets.UTF_8);
    new SqlOutputs(session.handle())
        .put(
            new Outputs.StreamRow(runid, stream, data.length, 0, 0),
            new ByteArrayInputStream(data));
  }

  private Optional<Known> known(String jobid) {
    session.lockJobs(List.of(jobid));
    return session
        .handle()
        .select(
            """
            SELECT j.version, s.heardat FROM job j JOIN job_state s ON s.jobid = j.jobid
            WHERE j.jobid = ? AND j.deletedat IS NULL
            """,
            jobid)
        .map((row, context) -> new Known(row.getLong("version"), row.getLong("heardat")))
        .findOne();
  }

  private Heard remember(String id, Instant now) {
    int inserted =
        session
            .handle()
            .execute(
                "INSERT INTO heard (msgid, heardat) VALUES (?, ?) ON CONFLICT (msgid) DO NOTHING",
                id,
                now.toEpochMilli());
    return inserted == 1 ? Heard.NEW : Heard.KNOWN;
  }
}
