package io.cloudtask.center.runs;

import io.cloudtask.model.rest.RunView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run in words. Pure. */
final class RunWords {
  private RunWords() {}

  static String describe(RunView run) {
    StringBuilder words = new StringBuilder("it ran on " + run.agent());
    Instant started = run.startedat();
    if (started == null) {
      words = new StringBuilder("its run on " + run.agent() + " has not started");
    } else {
      words.append(" from ").append(started).append(late(run.latenessms()));
    }
    words.append("; ").append(run.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (run.endedat() != null) {
      words.append(" at ").append(run.endedat());
    }
    if (run.exitcode() != null) {
      words.append(", exit code ").append(run.exitcode());
    }
    if (run.signal() != null) {
      words.append(", signal ").append(run.signal());
    }
    if (!run.reason().isEmpty()) {
      words.append(" (").append(run.reason()).append(')');
    }
    return words.append("; see run ").append(run.runid()).toString();
  }

  private static String late(@Nullable Long milliseconds) {
    return milliseconds == null ? "" : " (" + milliseconds + " ms after its time)";
  }
}
