package io.cloudtask.coordination;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What is written in the nodes. What can't be read is an error that names the node. */
final class NodeText {
  private static final int MAX_BYTES = 4_096;

  /** What mends the node of a member. */
  private static final String START = "; whoever it belongs to writes it anew when it starts";

  /** What mends what all share. */
  private static final String INIT = "; './cloudtask init' writes it anew";

  private NodeText() {}

  /**
   * @throws IllegalArgumentException when it is larger than a node should be
   */
  static byte[] of(Object value) {
    byte[] text = Json.MAPPER.writeValueAsBytes(value);
    if (text.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a node would take " + text.length + " bytes; " + MAX_BYTES + " are the most");
    }
    return text;
  }

  static byte[] of(long revision) {
    return Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
  }

  static Node node(String path, byte[] text) throws UnreadableException {
    Node node = read(path, text, Node.class, START);
    require(
        path,
        START,
        node.hostname(),
        node.datacenter(),
        node.location(),
        node.os(),
        node.platform(),
        node.ipaddr(),
        node.apiaddr());
    return node;
  }

  static ServerConfig serverConfig(String path, byte[] text) throws UnreadableException {
    ServerConfig config = read(path, text, ServerConfig.class, INIT);
    require(path, INIT, config.websitehost(), config.centerhost());
    return config;
  }

  static long revision(String path, byte[] text) throws UnreadableException {
    try {
      return Long.parseLong(new String(text, StandardCharsets.US_ASCII).trim());
    } catch (NumberFormatException e) {
      throw new UnreadableException(
          path + " holds no number; set it to 0, and its agent asks for its jobs anew", e);
    }
  }

  private static <T> T read(String path, byte[] text, Class<T> type, String mend)
      throws UnreadableException {
    @Nullable T value;
    try {
      value = Json.MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new UnreadableException(
          path + " can't be read: it is not the JSON of a " + type.getSimpleName() + mend, e);
    }
    if (value == null) {
      throw new UnreadableException(path + " holds null" + mend, null);
    }
    return value;
  }

  private static void require(String path, String mend, @Nullable String... fields)
      throws UnreadableException {
    if (Stream.of(fields).anyMatch(f -> f == null)) {
      throw new UnreadableException(path + " can't be read: a field is missing" + mend, null);
    }
  }
}
