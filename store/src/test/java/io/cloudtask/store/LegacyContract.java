package io.cloudtask.store;

import static io.cloudtask.store.Legacy.Heard.KNOWN;
import static io.cloudtask.store.Legacy.Heard.NEW;
import static io.cloudtask.store.Legacy.Heard.OUTDATED;
import static io.cloudtask.store.Legacy.Heard.UNKNOWN_JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class LegacyContract extends StoreContract {
  @BeforeEach
  void scene() {
    create(JOB, "hello");
  }

  private static Message execute(String msgid, int state, long timestamp) {
    return new Message.JobExecute(
        "JobExecute",
        msgid,
        JOB,
        "local",
        AGENT,
        "10.0.0.9",
        state,
        state < 0 ? "exit status 1" : "",
        at(1),
        Message.NONE,
        timestamp);
  }

  private static JobLog log(String msgid, int stat) {
    return new JobLog(
        JOB,
        msgid,
        "",
        "",
        stat,
        "local",
        "ls",
        "/",
        "10.0.0.9",
        "out",
        "err",
        "boom",
        at(1),
        1.5,
        at(3).toEpochMilli());
  }

  @Test
  void a_message_moves_the_state_of_its_job() {
    assertThat(legacy().message(execute("1", 200, 100), NOW)).isEqualTo(NEW);
    assertThat(job().stat()).isEqualTo(JobView.RUNNING);
    assertThat(job().execat()).isEqualTo(at(1));
    assertThat(legacy().message(execute("2", -1, 200), NOW)).isEqualTo(NEW);
    assertThat(job().stat()).isEqualTo(JobView.FAILED);
    assertThat(job().execerr()).isEqualTo("exit status 1");
    assertThat(job().nextat()).isNull();
  }

  @Test
  void a_message_that_comes_twice_or_late_changes_nothing() {
    legacy().message(execute("2", 0, 200), NOW);

    assertThat(legacy().message(execute("2", 0, 200), NOW)).isEqualTo(KNOWN);
    assertThat(legacy().message(execute("1", 200, 100), NOW)).isEqualTo(OUTDATED);
    assertThat(
            legacy().message(new Message.JobSelect("JobSelect", "0", JOB, "local", at(9), 50), NOW))
        .isEqualTo(OUTDATED);
    assertThat(job().stat()).isEqualTo(JobView.IDLE);
    assertThat(job().nextat()).isNull();
    assertThat(
            legacy()
                .message(new Message.JobSelect("JobSelect", "3", JOB, "local", at(9), 300), NOW))
        .isEqualTo(NEW);
    assertThat(job().nextat()).isEqualTo(at(9));
  }

  @Test
  void a_message_about_an_unknown_job_changes_nothing() {
    Message select = new Message.JobSelect("JobSelect", "1", OTHER_JOB, "local", at(1), 1);
    assertThat(legacy().message(select, NOW)).isEqualTo(UNKNOWN_JOB);
    Message event =
        new Message.SystemEvent("SystemEvent", "2", "create_group", "local", null, null, 1);
    assertThat(legacy().message(event, NOW)).isEqualTo(NEW);
    assertThat(legacy().message(event, NOW)).isEqualTo(KNOWN);
  }

  @Test
  void a_log_becomes_a_run_with_its_output_once() {
    assertThat(legacy().log(log("1", 0), NOW)).isEqualTo(NEW);
    assertThat(legacy().log(log("1", 0), NOW)).isEqualTo(KNOWN);
    assertThat(legacy().log(log("2", -1), NOW)).isEqualTo(NEW);

    var runs = runs().list(new RunQuery(Scope.EVERYTHING, JOB, Set.of(), null, 10, null)).items();
    assertThat(runs).hasSize(2).extracting(RunView::trigger).containsOnly(Trigger.EXTERNAL);
    assertThat(runs)
        .extracting(RunView::state)
        .containsExactlyInAnyOrder(RunState.SUCCEEDED, RunState.FAILED);
    RunView run = runs.getFirst();
    assertThat(run.durationms()).isEqualTo(1500);
    assertThat(run.agent()).isEqualTo("10.0.0.9");
    assertThat(outputs().read(run.runid(), "stderr", 0, 100).orElseThrow().data())
        .isEqualTo("err".getBytes(StandardCharsets.UTF_8));
  }
}
