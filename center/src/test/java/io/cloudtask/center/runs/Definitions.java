package io.cloudtask.center.runs;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.store.JobRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as tests need them. */
final class Definitions {
  static final String JOB = "8fee1ea957b7b6b49bd4e75f";

  private Definitions() {}

  static JobDefinition cron(boolean enabled, String... crons) {
    return cron(enabled, Guarantee.LEASED, crons);
  }

  static JobDefinition atLeastOnce(String cron) {
    return cron(true, Guarantee.ATLEASTONCE, cron);
  }

  private static JobDefinition cron(boolean enabled, Guarantee guarantee, String... crons) {
    List<ScheduleDefinition> schedules =
        Arrays.stream(crons)
            .map(cron ->
                new ScheduleDefinition(
                    "x", 1, 7, 1, "01/01/2000", "", "", "", "", MonthlyOf.UNUSED, cron, null, null))
            .toList();
    return new JobDefinition(
        "local",
        "default",
        "a",
        "x",
        "",
        List.of(),
        0,
        List.of(),
        enabled,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        guarantee,
        null,
        "",
        schedules,
        "");
  }

  static JobRow row(JobDefinition definition, Instant fence, @Nullable String agentkey) {
    return new JobRow(
        JOB, 2, definition, 201, "", null, null, fence, agentkey, "admin", fence, "admin", fence);
  }
}
