package io.cloudtask.agent.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Between the web server and what decides.
 *
 * @param dispatch answers
 */
record Exchange(Dispatch dispatch) implements Handler {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName REAL_IP = HeaderNames.create("X-Real-IP");
  private static final String CLOSE = "close";

  /** What is read and dropped of a body that is too large, so that its sender hears why. */
  private static final long DRAIN = 16L * 1024 * 1024;

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Reply reply = dispatch.answer(read(request), () -> body(request));
    response.status(reply.status());
    reply.headers().forEach(response::header);
    boolean head = request.prologue().method().text().equals("HEAD");
    response.send(head ? new byte[0] : reply.body());
    if (closes(request, reply)) {
      // This version of the server announces the end of the connection and then keeps it open.
      throw new CloseConnectionException("asked to close");
    }
  }

  private static boolean closes(ServerRequest request, Reply reply) {
    return CLOSE.equals(reply.headers().get("Connection"))
        || CLOSE.equalsIgnoreCase(request.headers().first(HeaderNames.CONNECTION).orElse(""));
  }

  private static Dispatch.Request read(ServerRequest request) {
    return new Dispatch.Request(
        request.prologue().method().text(),
        new RequestPath(request.path().rawPath()),
        request.query().rawValue(),
        firstValues(request),
        caller(request));
  }

  private static Caller caller(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    boolean loopback =
        request.remotePeer().address() instanceof InetSocketAddress peer
            && peer.getAddress() != null
            && peer.getAddress().isLoopbackAddress();
    boolean forwarded =
        Stream.of(FORWARDED_FOR, REAL_IP, HeaderNames.FORWARDED, HeaderNames.VIA)
            .anyMatch(headers::contains);
    return new Caller(
        loopback,
        headers.first(HeaderNames.HOST).orElse(""),
        headers.first(HeaderNames.ORIGIN).orElse(null),
        forwarded,
        headers.first(HeaderNames.AUTHORIZATION).orElse(null));
  }

  private static Map<String, String> firstValues(ServerRequest request) {
    Map<String, String> values = new HashMap<>();
    for (String name : request.query().names()) {
      values.put(name, request.query().first(name).orElse(""));
    }
    return values;
  }

  private static Optional<byte[]> body(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = new ClientInput(request.content().inputStream())) {
      byte[] body = in.readNBytes(Dispatch.MAX_BODY + 1);
      if (body.length <= Dispatch.MAX_BODY) {
        return Optional.of(body);
      }
      in.skip(DRAIN);
      return Optional.empty();
    }
  }
}
