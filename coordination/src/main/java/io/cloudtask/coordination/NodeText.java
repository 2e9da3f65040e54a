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
  private NodeText() {}

  static byte[] of(Object value) {
    return Json.MAPPER.writeValueAsBytes(value);
  }

  static byte[] of(long revision) {
    return Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
  }

  static Node node(String path, byte[] text) throws CoordinationException {
    Node node = read(path, text, Node.class);
    require(
        path,
        node.hostname(),
        node.datacenter(),
        node.location(),
        node.os(),
        node.platform(),
        node.ipaddr(),
        node.apiaddr());
    return node;
  }

  static ServerConfig serverConfig(String path, byte[] text) throws CoordinationException {
    ServerConfig config = read(path, text, ServerConfig.class);
    require(path, config.websitehost(), config.centerhost());
    return config;
  }

  static long revision(String path, byte[] text) throws CoordinationException {
    try {
      return Long.parseLong(new String(text, StandardCharsets.US_ASCII).trim());
    } catch (NumberFormatException e) {
      throw new CoordinationException(path + " holds no number; remove the node to mend it", e);
    }
  }

  private static <T> T read(String path, byte[] text, Class<T> type) throws CoordinationException {
    @Nullable T value;
    try {
      value = Json.MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new CoordinationException(
          path + " can't be read: it is not the JSON of a " + type.getSimpleName(), e);
    }
    if (value == null) {
      throw new CoordinationException(path + " holds null");
    }
    return value;
  }

  private static void require(String path, @Nullable String... fields)
      throws CoordinationException {
    if (Stream.of(fields).anyMatch(f -> f == null)) {
      throw new CoordinationException(path + " can't be read: a field is missing");
    }
  }
}
