package io.cloudtask.cli;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.util.List;

final class Samples {
  static final String JOB = "65621c2e0011223344556677";
  static final String RUN = "018c0000000000000000000000000001";

  private Samples() {}

  static JobDefinition definition(String name) {
    return new JobDefinition(
        "local",
        "default",
        name,
        "echo hello\necho again",
        "",
        List.of("PASSWORD=secret"),
        90,
        List.of(),
        true,
        Overlap.SKIP,
        Missed.LAST,
        600,
        Guarantee.LEASED,
        null,
        "",
        List.of(),
        "says hello");
  }

  static JobView job(String name) {
    Instant made = Instant.parse("2026-07-01T10:00:00Z");
    return new JobView(
        JOB,
        3,
        definition(name),
        JobView.IDLE,
        "",
        Instant.parse("2026-07-01T11:00:00.004Z"),
        Instant.parse("2026-12-01T12:00:00Z"),
        List.of("every 2 seconds"),
        "host-a",
        "0a0a0a0a-0000-4000-8000-000000000001",
        "admin",
        made,
        "admin",
        made);
  }

  static RunView run(RunState state) {
    Instant fire = Instant.parse("2026-07-01T11:00:00Z");
    return new RunView(
        RUN,
        JOB,
        "hello",
        3,
        state,
        Trigger.SCHEDULE,
        0,
        fire,
        fire.plusMillis(4),
        fire.plusMillis(12_304),
        4L,
        12_300L,
        0,
        null,
        "",
        "host-a",
        "0a0a0a0a-0000-4000-8000-000000000001",
        List.of(new RunView.Output("stdout", 2048, 0, 0)));
  }
}
