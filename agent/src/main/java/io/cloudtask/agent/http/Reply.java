package io.cloudtask.agent.http;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, before it is written to the wire.
 *
 * @param headers without Content-Length
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String CONTENT_TYPE = "Content-Type";

  /** What old clients never met, and so no deployed spelling exists. */
  private static final String UNAUTHORIZED = "request unauthorized.";

  private static final String TOO_LARGE = "request too large.";

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply json(int status, @Nullable Object body) {
    return new Reply(status, Map.of(CONTENT_TYPE, JSON), Json.MAPPER.writeValueAsBytes(body));
  }

  static Reply ok(Object data) {
    return json(200, Envelope.ok(data));
  }

  static Reply accepted() {
    return json(202, Envelope.accepted());
  }

  static Reply invalid(String code, String message, @Nullable String field) {
    return json(400, Envelope.refused(Envelope.INVALID, code, message, field));
  }

  static Reply notFound(String code, String message, @Nullable String field) {
    return json(404, Envelope.refused(Envelope.NOT_FOUND, code, message, field));
  }

  static Reply fault(String code, String message) {
    return json(500, Envelope.refused(Envelope.FAULT, code, message, null));
  }

  static Reply unauthorized(String message) {
    return json(401, Envelope.refused(UNAUTHORIZED, "unauthorized", message, null))
        .with("WWW-Authenticate", "Bearer");
  }

  static Reply tooLarge(int limit) {
    String message = "send a body of at most " + limit + " bytes";
    return json(413, Envelope.refused(TOO_LARGE, "too-large", message, null))
        .with("Connection", "close");
  }

  static Reply brokenOff() {
    return invalid("malformed", "the body was broken off", null).with("Connection", "close");
  }

  static Reply noSuchPage() {
    return new Reply(
        404,
        Map.of(CONTENT_TYPE, "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"),
        "404 page not found\n".getBytes(StandardCharsets.UTF_8));
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  static Reply bytes(byte[] body) {
    return new Reply(
        200,
        Map.of(CONTENT_TYPE, "application/octet-stream", "X-Content-Type-Options", "nosniff"),
        body);
  }

  Reply with(String name, String value) {
    return with(Map.of(name, value));
  }

  Reply with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body);
  }
}
