package io.cloudtask.store;

import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import java.time.Instant;

/** Messages and logs of agents of the older wire, which keep no journal. */
public interface Legacy {
  /** What became of it. */
  enum Heard {
    /** It is part of the record now. */
    NEW,
    /** It came before; nothing changed. */
    KNOWN,
    /** A newer one about that job came before; nothing changed. */
    OUTDATED,
    /** There is no such job; nothing changed. */
    UNKNOWN_JOB
  }

  /** Applies the state and times that a message tells of a job. */
  Heard message(Message message, Instant now);

  /** Keeps an execution as a run with trigger EXTERNAL, and its output. */
  Heard log(JobLog log, Instant now);
}
