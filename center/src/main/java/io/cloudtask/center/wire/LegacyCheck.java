package io.cloudtask.center.wire;

import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.model.Ids;
import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message or log of the older wire has what it must; throws a refusal naming the field.
 */
final class LegacyCheck {
  private static final int MAX_ID = 128;
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
      case Message.JobSelect select -> job(select.jobid());
      case Message.JobExecute execute -> {
        job(execute.jobid());
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
    require(
        Double.isFinite(log.exectimes()) && log.exectimes() >= 0,
        "exectimes",
        "is not a number of seconds");
    require(log.createat() >= 0, "createat", "is not a time in unix milliseconds");
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
