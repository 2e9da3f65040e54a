package io.cloudtask.center.http;

import io.cloudtask.model.wire.Envelope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers. Immutable.
 *
 * @param status of HTTP
 * @param headers beside those that every answer has; they win over them
 */
public record Reply(int status, Map<String, String> headers, Body body) {

  private static final String RETRY_SECONDS = "5";

  /** What follows the headers. */
  public sealed interface Body {
    /** Nothing. */
    record None() implements Body {}

    /** A record as JSON. */
    record Json(Object value) implements Body {}

    /** Bytes in memory; not to be changed any more. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares replies
    record Bytes(String type, byte[] data) implements Body {}

    /**
     * Bytes that are written as they come.
     *
     * @param length in bytes
     */
    record Streamed(String type, long length, Writer writer) implements Body {}

    /** Bytes that are written until nobody wants them any more; each flush reaches the client. */
    record Unending(String type, Writer writer) implements Body {}

    /** A refusal, in the dialect of the route. */
    record Refused(Refusal refusal) implements Body {}
  }

  /** Writes a body. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** 200 with a record as JSON. */
  public static Reply ok(Object value) {
    return json(200, value);
  }

  public static Reply json(int status, Object value) {
    return new Reply(status, Map.of(), new Body.Json(value));
  }

  /** 200 with the data in the v2 envelope. */
  public static Reply envelope(Object data) {
    return json(200, Envelope.ok(data));
  }

  /** 202 in the v2 envelope. */
  public static Reply accepted() {
    return json(202, Envelope.accepted());
  }

  /** Without a body, for example 204 or 304. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new Body.None());
  }

  public static Reply bytes(String type, byte[] data) {
    return new Reply(200, Map.of(), new Body.Bytes(type, data));
  }

  public static Reply streamed(int status, String type, long length, Writer writer) {
    return new Reply(status, Map.of(), new Body.Streamed(type, length, writer));
  }

  /** 200 with bytes that come for as long as the client stays. */
  public static Reply unending(String type, Writer writer) {
    return new Reply(200, Map.of(), new Body.Unending(type, writer));
  }

  public static Reply refused(Refusal refusal) {
    return new Reply(refusal.status(), Map.of(), new Body.Refused(refusal));
  }

  /**
   * 503, to be asked again in a few seconds: something that this center needs does not answer.
   *
   * @param what for example "store"
   * @param why for people; null when nobody knows
   */
  public static Reply away(String what, @Nullable String why) {
    String message = "the " + what + " of this center does not answer";
    String detail = why == null ? "ask again in a few seconds, or another center" : why;
    return refused(new Refusal(503, what + "-away", message, detail, List.of()))
        .with("Retry-After", RETRY_SECONDS);
  }

  /** The same reply with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }
}
