package io.cloudtask.center.http;

import io.cloudtask.model.json.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Puts replies on the wire, each with the headers that keep browsers from misusing it. */
final class Sender {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  /** An answer is data for a program: nothing of it is to be shown, framed, guessed or kept. */
  private static final Map<String, String> SECURITY =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store");

  private Sender() {}

  static void send(Reply reply, ServerRequest request, ServerResponse response) {
    response.status(Status.create(reply.status()));
    SECURITY.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    switch (reply.body()) {
      case Reply.Body.None() -> response.send();
      case Reply.Body.Json(Object value) -> sendBytes(response, JSON, json(value));
      case Reply.Body.Bytes(String type, byte[] data) -> sendBytes(response, type, data);
      case Reply.Body.Refused(Refusal refusal) -> refuse(refusal, request, response);
      case Reply.Body.Streamed(String type, long length, Reply.Writer writer) ->
          stream(response, type, length, writer);
      case Reply.Body.Unending(String type, Reply.Writer writer) ->
          unending(response, type, writer);
    }
  }

  /**
   * The same reply with its record as the bytes that are sent, so that it may be sent many times.
   *
   * @throws IllegalArgumentException when its body can be sent only once
   */
  static Reply written(Reply reply) {
    return switch (reply.body()) {
      case Reply.Body.Json(Object value) ->
          new Reply(reply.status(), reply.headers(), new Reply.Body.Bytes(JSON, json(value)));
      case Reply.Body.None _, Reply.Body.Bytes _, Reply.Body.Refused _ -> reply;
      case Reply.Body.Streamed _, Reply.Body.Unending _ ->
          throw new IllegalArgumentException("a reply that is a stream can be sent only once");
    };
  }

  private static void refuse(Refusal refusal, ServerRequest request, ServerResponse response) {
    if (request.prologue().uriPath().rawPath().startsWith("/cloudtask/")) {
      sendBytes(response, JSON, json(refusal.envelope()));
    } else {
      sendBytes(response, PROBLEM, json(refusal.problem()));
    }
  }

  private static void sendBytes(ServerResponse response, String type, byte[] data) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.send(data);
  }

  private static void stream(
      ServerResponse response, String type, long length, Reply.Writer writer) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.contentLength(length);
    try (OutputStream out = response.outputStream()) {
      writer.writeTo(out);
    } catch (IOException e) {
      // The status is out already; the server ends the connection, which tells the client.
      throw new UncheckedIOException(e);
    }
  }

  private static void unending(ServerResponse response, String type, Reply.Writer writer) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    try (OutputStream out = response.outputStream()) {
      writer.writeTo(out);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client has gone", e);
    }
  }

  private static byte[] json(Object value) {
    return Json.MAPPER.writeValueAsBytes(value);
  }
}
