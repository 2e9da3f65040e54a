package io.cloudtask.agent.presence;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What a node carries beside its fields: a small JSON object. Pure functions. */
public final class Attachment {
  private Attachment() {}

  /**
   * The same node, saying how wrong its clock is; those that know nothing of it pass it over.
   *
   * @param skew milliseconds that the clock is ahead; 0 while it is right, which is not said
   */
  public static Node withClockSkew(Node node, long skew) {
    if (skew == 0 || node.attach() == null) {
      return node;
    }
    try {
      byte[] json = Base64.getDecoder().decode(node.attach());
      if (!(Json.MAPPER.readTree(json) instanceof ObjectNode object)) {
        return node;
      }
      String text = Json.MAPPER.writeValueAsString(object.put("clockskew", skew)) + "\n";
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return node.with(Base64.getEncoder().encodeToString(bytes));
    } catch (JacksonException | IllegalArgumentException e) {
      return node; // It is not ours to change.
    }
  }
}
