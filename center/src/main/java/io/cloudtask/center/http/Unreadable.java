package io.cloudtask.center.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;

/**
 * Answers what never became a request: a head that is cut off or no HTTP. The web server calls that
 * an error of its own, with status 500 and a stack trace in the log for each; it is the sender's.
 */
final class Unreadable implements DirectHandler {
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String text = "The request can't be read: it is cut off, or no HTTP.\n";
    return TransportResponse.builder()
        .status(Status.BAD_REQUEST_400)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .keepAlive(false)
        .entity(text.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** A fault while a request was served is one of ours, and stays so. */
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable fault) {
    return DirectHandler.defaultHandler().handle(request, type, status, headers, fault);
  }
}
