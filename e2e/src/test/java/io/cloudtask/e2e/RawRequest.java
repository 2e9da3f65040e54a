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
import java.util.regex.Pattern;

/**
 * A request whose every byte is ours to choose: no client's own care stands in between.
 *
 * @param route its path with the values in braces; "" when every part of the path counts as one
 * @param target as it stands in the request line
 * @param headers without those that the connection needs
 */
record RawRequest(
    URI server,
    String method,
    String route,
    String target,
    Map<String, String> headers,
    byte[] body) {
  /** How long an answer may take before it counts as a hang. */
  private static final int PATIENCE_MS = 30_000;

  /** From where hostile ones come: tries to sign in are counted for each address. */
  private static final String ELSEWHERE = "127.0.0.2";

  /** What a server may say before its answer. */
  private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

  /** The head of an answer that goes on as long as somebody listens. */
  private static final Pattern UNENDING =
      Pattern.compile("(?i)(?:[^\\r\\n]+\\r\\n)*content-type: text/event-stream.*\\r\\n");

  RawRequest {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  static RawRequest of(URI server, String line, String token, String body) {
    String[] part = line.split(" ", 2);
    return new RawRequest(
        server,
        part[0],
        "",
        part[1],
        Map.of("Authorization", "Bearer " + token),
        body.getBytes(StandardCharsets.UTF_8));
  }

  RawRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RawRequest(server, method, route, target, more, body);
  }

  RawRequest withTarget(String other) {
    return new RawRequest(server, method, route, other, headers, body);
  }

  RawRequest withBody(byte[] other) {
    return new RawRequest(server, method, route, target, headers, other);
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

  /** What comes back; "" when the server closed the connection without a word. */
  String answer() throws IOException {
    return send(server, bytes(), InetAddress.getLoopbackAddress());
  }

  /** The status of an answer; 0 when there was none. */
  static int statusOf(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** Sends bytes as a stranger, says that no more follow, and gives what came back. */
  static String send(URI server, byte[] bytes) throws IOException {
    return send(server, bytes, InetAddress.getByName(ELSEWHERE));
  }

  private static String send(URI server, byte[] bytes, InetAddress from) throws IOException {
    InetAddress to = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(to, server.getPort(), from, 0)) {
      socket.setSoTimeout(PATIENCE_MS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        read(socket.getInputStream(), answer);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no answer and no end within " + PATIENCE_MS + " ms", e);
      } catch (SocketException e) {
        // the server had enough of it; what it said before counts
      }
      String text = answer.toString(StandardCharsets.ISO_8859_1);
      return text.startsWith(GO_ON) ? text.substring(GO_ON.length()) : text;
    }
  }

  /** Reads to the end, or to the head of what has none. */
  private static void read(InputStream in, ByteArrayOutputStream answer) throws IOException {
    byte[] piece = new byte[8192];
    int read = in.read(piece);
    while (read >= 0) {
      answer.write(piece, 0, read);
      if (UNENDING.matcher(answer.toString(StandardCharsets.ISO_8859_1)).lookingAt()) {
        return;
      }
      read = in.read(piece);
    }
  }
}
