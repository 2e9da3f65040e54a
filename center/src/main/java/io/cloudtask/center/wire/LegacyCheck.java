package io.cloudtask.center.wire;

import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.StorableTime;
import io.cloudtask.model.Ids;
import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message or log of the older wire has what it must; throws a refusal naming the field.
 */
final class LegacyCheck {
  private static final int MAX_ID = 128;
  private static final double LONGEST_RUN = 3650 * 86_400.0;
  private static final long LATEST_MILLIS = 253_402_300_799_000L; // the end of the year 9999
  private static final Set<Integer> STATES = Set.of(200, 0, -1);
  private static final Set<String> EVENTS =
      Set.of(
          "create_job",
          "change_job",
          "remove_job",
          "change_jobsfile",
          "create_group",
          "change_group",
          "remove_group",
          "create_runtime",
          "change_runtime",
          "remove_runtime");

  private LegacyCheck() {}

  static void check(Message message) {
    messageId(message.msgid());
    require(message.timestamp() > 0, "timestamp", "is not a time in unix nanoseconds");
    switch (message) {
      case Message.JobSelect select -> {
        job(select.jobid());
        time("nextat", select.nextat());
      }
      case Message.JobExecute execute -> {
        job(execute.jobid());
        time("execat", execute.execat());
        time("nextat", execute.nextat());
        require(STATES.contains(execute.state()), "state", "is not 200, 0 or -1");
      }
      case Message.SystemEvent event ->
          require(
              event.event() != null && EVENTS.contains(event.event()),
              "event",
              "is none of the known events");
    }
  }

  static void check(JobLog log) {
    messageId(log.msgid());
    job(log.jobid());
    require(STATES.contains(log.stat()), "stat", "is not 200, 0 or -1");
    time("execat", log.execat());
    require(
        log.createat() >= 0 && log.createat() <= LATEST_MILLIS,
        "createat",
        "is not a time in unix milliseconds");
    require(
        log.exectimes() >= 0 && log.exectimes() <= LONGEST_RUN,
        "exectimes",
        "is not a number of seconds, up to ten years");
    require(
        log.exectimes() * 1000 <= log.createat(), "exectimes", "begins before 1970, by createat");
  }

  /** A time, or one of the ways to say that there is none. */
  private static void time(String field, @Nullable Instant at) {
    require(
        at == null || at.equals(Message.NONE) || StorableTime.holds(at), field, StorableTime.RULE);
  }

  private static void messageId(@Nullable String msgid) {
    boolean sane =
        msgid != null
            && !msgid.isBlank()
            && msgid.length() <= MAX_ID
            && msgid.chars().noneMatch(Character::isISOControl);
    require(sane, "msgid", "must have 1 to " + MAX_ID + " characters");
  }

  private static void job(@Nullable String jobid) {
    require(jobid != null && Ids.isJobId(jobid), "jobid", "is not 24 lower-case hex digits");
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }
}
