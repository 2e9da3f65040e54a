package io.cloudtask.agent.http;

import io.cloudtask.agent.http.Route.Call;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a request to its answer: the path first, then the method, then the caller, then the body, as
 * agents have always answered. Thread-safe.
 *
 * @param routes where two match, the one with fewer parameters answers
 */
record Dispatch(List<Route> routes, Door door, Cors cors) {
  /** Bytes of a request body that are read. */
  static final int MAX_BODY = 64 * 1024;

  Dispatch {
    routes = List.copyOf(routes);
  }

  /**
   * A request whose body has not been read.
   *
   * @param query as sent, "" when absent
   */
  record Request(
      String method, RequestPath path, String query, Map<String, String> values, Caller caller) {}

  /** Reads the body when it is wanted. */
  @FunctionalInterface
  interface Body {
    /**
     * The body; empty when it is larger than a request may be.
     *
     * @throws IOException when the caller breaks it off
     */
    Optional<byte[]> read() throws IOException;
  }

  Reply answer(Request request, Body body) {
    String clean = request.path().cleaned();
    if (!clean.equals(request.path().raw())) {
      String query = request.query().isEmpty() ? "" : "?" + request.query();
      return Reply.empty(301).with("Location", clean + query);
    }
    List<Match> matches = matches(request.path());
    if (matches.isEmpty()) {
      return Reply.noSuchPage();
    }
    if (request.method().equals("OPTIONS") && cors.enabled()) {
      return Reply.empty(200).with(cors.headers(request.caller()));
    }
    Optional<Match> match =
        matches.stream().filter(m -> m.route().method().equals(request.method())).findFirst();
    return match.isEmpty()
        ? Reply.empty(405).with("Allow", allowed(matches))
        : answer(match.get(), request, body).with(cors.headers(request.caller()));
  }

  private Reply answer(Match match, Request request, Body body) {
    Route route = match.route();
    if (!door.admits(request.caller(), route.access())) {
      return Reply.unauthorized(door.advice(route.access()));
    }
    Optional<byte[]> bytes;
    try {
      bytes = body.read();
    } catch (IOException e) {
      return Reply.brokenOff();
    }
    return bytes.isEmpty()
        ? Reply.tooLarge(MAX_BODY)
        : route.handler().handle(new Call(match.parameters(), request.values(), bytes.get()));
  }

  private List<Match> matches(RequestPath path) {
    Optional<List<String>> segments = path.segments();
    if (segments.isEmpty()) {
      return List.of();
    }
    return routes.stream()
        .flatMap(
            route -> route.match(segments.get()).stream().map(values -> new Match(route, values)))
        .sorted(Comparator.comparingInt(match -> match.parameters().size()))
        .toList();
  }

  private String allowed(List<Match> matches) {
    String methods =
        matches.stream().map(m -> m.route().method()).sorted().collect(Collectors.joining(", "));
    return cors.enabled() ? methods + ", OPTIONS" : methods;
  }

  private record Match(Route route, Map<String, String> parameters) {}
}
