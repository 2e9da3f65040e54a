package io.cloudtask.center.exchange;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Node;
import java.util.Base64;
import tools.jackson.core.JacksonException;

/** How many jobs an agent takes, as the attachment of its node says. */
final class Capacity {
  /** What an agent takes that does not say, as the default of its configuration. */
  static final int DEFAULT = 255;

  private record Attachment(Integer jobmaxcount) {}

  private Capacity() {}

  static int of(Node node) {
    String attach = node.attach();
    if (attach == null || attach.isEmpty()) {
      return DEFAULT;
    }
    try {
      Attachment read = Json.MAPPER.readValue(Base64.getDecoder().decode(attach), Attachment.class);
      boolean says = read != null && read.jobmaxcount() != null && read.jobmaxcount() >= 0;
      return says ? read.jobmaxcount() : DEFAULT;
    } catch (JacksonException | IllegalArgumentException e) {
      Checks.require(false, "node.attach", "is not the base64 of a JSON object");
      return DEFAULT;
    }
  }
}
