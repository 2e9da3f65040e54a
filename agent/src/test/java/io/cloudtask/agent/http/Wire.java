package io.cloudtask.agent.http;

import io.cloudtask.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Bytes sent, bytes received: nothing of a client's own stands in between. */
final class Wire {
  private Wire() {}

  /**
   * An answer as it came.
   *
   * @param headers by lower-case name
   */
  record Answer(String statusLine, Map<String, String> headers, String body) {
    int status() {
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    JsonNode json() {
      return Json.MAPPER.readTree(body);
    }
  }

  static Answer send(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return parse(all.toString(StandardCharsets.UTF_8));
    }
  }

  /** Sends one request on a connection of its own; each header without its line end. */
  static Answer send(int port, String requestLine, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(requestLine + " HTTP/1.1\r\n");
    List<String> all = new ArrayList<>(List.of(headers));
    if (all.stream().noneMatch(header -> header.startsWith("Host:"))) {
      all.add("Host: localhost:" + port);
    }
    if (bytes.length > 0) {
      all.add("Content-Length: " + bytes.length);
    }
    all.add("Connection: close");
    all.forEach(header -> head.append(header).append("\r\n"));
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(bytes);
    return send(port, request.toByteArray());
  }

  static Answer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IllegalStateException("no answer: \"" + text + '"');
    }
    String[] head = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new java.util.HashMap<>();
    for (int i = 1; i < head.length; i++) {
      String[] pair = head[i].split(": ?", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
    }
    String body = text.substring(end + 4);
    boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
    return new Answer(head[0], headers, chunked ? unchunked(body) : body);
  }

  private static String unchunked(String body) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int lineEnd = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, lineEnd).strip(), 16);
      if (size == 0) {
        return whole.toString();
      }
      whole.append(body, lineEnd + 2, lineEnd + 2 + size);
      at = lineEnd + 2 + size + 2;
    }
  }
}
