package io.cloudtask.center.notify;

import static io.cloudtask.center.notify.Samples.NOW;
import static io.cloudtask.center.notify.Samples.failed;
import static io.cloudtask.center.notify.Samples.letter;
import static io.cloudtask.center.notify.Samples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.EventRow;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PostingTest {
  private static final EventRow FAILED = failed(NOW, "exit code 3");

  @Test
  void a_letter_is_posted_with_all_that_is_known() {
    JsonNode body =
        Json.MAPPER.readTree(Posting.body(letter(webhook("https://x/", "json", ""), FAILED)));
    JsonNode event = body.at("/events/0");
    assertThat(body.at("/summary").stringValue())
        .isEqualTo("local/nightly/backup failed: exit code 3");
    assertThat(event.at("/kind").stringValue()).isEqualTo("failed");
    assertThat(event.at("/job/name").stringValue()).isEqualTo("backup");
    assertThat(event.at("/at").stringValue()).isEqualTo("2026-05-01T12:00:00Z");
    assertThat(event.at("/output").stringValue()).isEqualTo("disk <full>\n");
    assertThat(event.at("/link").stringValue()).isEqualTo("http://console/runs/run-1");
  }

  @Test
  void for_a_chat_it_is_one_text_in_which_nothing_is_markup() {
    JsonNode body =
        Json.MAPPER.readTree(Posting.body(letter(webhook("https://x/", "slack", ""), FAILED)));
    assertThat(body.propertyNames()).containsExactly("text");
    assertThat(body.at("/text").stringValue())
        .contains("disk &lt;full&gt;", "http://console/runs/run-1")
        .doesNotContain("<");
  }

  @Test
  void many_things_are_counted_and_a_line_is_a_line() {
    Letter letter =
        letter(
            webhook("https://x/", "json", ""),
            FAILED,
            FAILED,
            new EventRow(EventKind.AGENT_LOST, NOW, "", "", "agent-1", ""));
    assertThat(LetterWords.subject(letter)).isEqualTo("3 events: 2 failed, 1 agent-lost");
    String one =
        LetterWords.subject(
            letter(webhook("https://x/", "json", ""), failed(NOW, "a\r\nb" + "x".repeat(500))));
    assertThat(one).hasSizeLessThanOrEqualTo(180).doesNotContain("\n", "\r");
  }

  /** The expected value is what {@code openssl dgst -sha256 -hmac} says. */
  @Test
  void the_signature_is_an_hmac_over_time_and_body() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(Posting.signature("0123456789abcdef", body, NOW))
        .isEqualTo(
            "t=1777636800,v1=00447310cdac516ebbda38cc903abb7866e22a7c09b26464b1222b3b2bf631f6");
  }
}
