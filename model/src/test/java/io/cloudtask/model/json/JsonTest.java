package io.cloudtask.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.Message;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bad",
        "{\"jobid\":5}",
        "{\"jobid\":[\"a\"]}",
        "{\"jobid\":\"a\"} trailing",
        "{\"jobid\":\"a\"}{}",
        "[]"
      })
  void nonsense_and_wrong_types_are_refused(String text) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(text, ActionRequest.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void hostile_depth_is_refused() {
    String deep = "[".repeat(1000) + "]".repeat(1000);
    assertThatThrownBy(() -> Json.MAPPER.readTree(deep)).isInstanceOf(JacksonException.class);
  }

  @Test
  void unknown_fields_are_passed_over() {
    assertThat(
            Json.MAPPER
                .readValue("{\"jobid\":\"a\",\"new\":{\"x\":1}}", ActionRequest.class)
                .jobid())
        .isEqualTo("a");
  }

  @Test
  void every_fact_comes_back_as_it_went() {
    List<Fact> facts =
        List.of(
            new Fact.Took("j", 1, 2, T, "UTC"),
            new Fact.Dropped("j", 1, T),
            new Fact.Granted("j", "r", 2, T, T, 1, Trigger.SCHEDULE, false, T.minusSeconds(1)),
            new Fact.Granted("j", "m", 2, null, T, 1, Trigger.MANUAL, true, null),
            new Fact.Started("j", "r", T.plusMillis(3), 4711),
            new Fact.Ended("j", "r", RunState.FAILED, 3, null, T, "exit code 3"),
            new Fact.Gap("j", 2, T, T.plusSeconds(9), 10, GapReason.OVERLAP, T.minusSeconds(1)),
            new Fact.Fault("j", 2, "no package"));
    for (Fact fact : facts) {
      String text = Json.MAPPER.writeValueAsString(new Report(7, fact));
      assertThat(Json.MAPPER.readValue(text, Report.class)).isEqualTo(new Report(7, fact));
    }
    var batch =
        new ReportBatch(
            "i",
            List.of(new Report(1, facts.getFirst())),
            List.of(new RunOutput("r", "stdout", 2, 0, 0, new byte[] {7})));
    ReportBatch back =
        Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(batch), ReportBatch.class);
    assertThat(back.reports()).isEqualTo(batch.reports());
    assertThat(back.outputs().getFirst().data()).containsExactly(7);
  }

  @Test
  void a_message_of_the_old_wire_is_known_by_its_name() {
    String text =
        """
        {"msgname":"JobExecute","msgid":"m1","jobid":"j","location":"c","key":"k","ipaddr":"1.2.3.4","state":0,
         "execerr":"","execat":"2026-11-24T12:00:00Z","nextat":"0001-01-01T00:00:00Z","timestamp":1795490731000000000}\
        """;
    assertThat(Json.MAPPER.readValue(text, Message.class))
        .isInstanceOfSatisfying(
            Message.JobExecute.class,
            m -> {
              assertThat(m.msgname()).isEqualTo("JobExecute");
              assertThat(m.nextat()).isEqualTo(Message.NONE);
            });
  }
}
