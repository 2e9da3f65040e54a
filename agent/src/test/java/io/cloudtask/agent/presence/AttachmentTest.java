package io.cloudtask.agent.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.wire.Node;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttachmentTest {
  @Test
  void a_clock_that_is_right_changes_nothing() {
    Node node = node("eyJqb2JtYXhjb3VudCI6MjU1fQo=");
    assertThat(Attachment.withClockSkew(node, 0)).isSameAs(node);
  }

  @Test
  void a_clock_that_is_off_is_said_beside_what_was_there() {
    Node node = Attachment.withClockSkew(node("eyJqb2JtYXhjb3VudCI6MjU1fQo="), -5000);
    byte[] json = Base64.getDecoder().decode(Objects.requireNonNull(node.attach()));
    assertThat(new String(json, UTF_8)).isEqualTo("{\"jobmaxcount\":255,\"clockskew\":-5000}\n");
  }

  @Test
  void what_is_not_understood_stays_as_it_is() {
    for (String attach : new String[] {null, "", "%", "W10=", "e30"}) {
      Node node = node(attach);
      Node shown = Attachment.withClockSkew(node, 5000);
      assertThat("e30".equals(attach) || shown.equals(node)).isTrue();
    }
  }

  private static Node node(@Nullable String attach) {
    return new Node(2, "h", "", "r", "linux", "amd64", "ip", "url", 1, true, 0, 0, attach);
  }
}
