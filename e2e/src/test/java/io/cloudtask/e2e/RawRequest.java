package io.cloudtask.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request whose every byte is ours to choose: no client's own care stands in between.
 *
 * @param target as it stands in the request line
 * @param headers without those that the connection needs
 */
record RawRequest(
    URI server, String method, String target, Map<String, String> headers, byte[] body) {
  /** How long an answer may take before it counts as a hang. */
  private static final int PATIENCE_MS = 30_000;

  /** What a server may say before its answer. */
  private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

  RawRequest {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  static RawRequest of(URI server, String line, String token, String body) {
    String[] part = line.split(" ", 2);
    return new RawRequest(
        server,
        part[0],
        part[1],
        Map.of("Authorization", "Bearer " + token),
        body.getBytes(StandardCharsets.UTF_8));
  }

  RawRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RawRequest(server, method, target, more, body);
  }

  RawRequest withTarget(String other) {
    return new RawRequest(server, method, other, headers, body);
  }

  RawRequest withBody(byte[] other) {
    return new RawRequest(server, method, target, headers, other);
  }

  /** As it goes over the wire. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(server.getAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** The status, or 0 when the server closed the connection without a word. */
  int status() throws IOException {
    return statusOf(send(server, bytes()));
  }

  static int statusOf(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** Sends bytes, says that no more follow, and gives what came back. */
  static String send(URI server, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        in.transferTo(answer);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no answer and no end within " + PATIENCE_MS + " ms", e);
      } catch (SocketException e) {
        // the server had enough of it; what it said before counts
      }
      String text = answer.toString(StandardCharsets.ISO_8859_1);
      return text.startsWith(GO_ON) ? text.substring(GO_ON.length()) : text;
    }
  }
}
