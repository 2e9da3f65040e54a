package io.cloudtask.center.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what a request gets: matched, authenticated, authorised, measured, then handled. */
final class Door {
  private static final Logger LOG = System.getLogger(Door.class.getName());
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Routes routes;
  private final Gate gate;

  Door(Routes routes, Entrance entrance) {
    this.routes = routes;
    this.gate = new Gate(entrance);
  }

  /** The reply to a request. Never throws but an {@link Error}: what goes wrong is a reply too. */
  Reply answer(ServerRequest request, InputStream body) {
    try {
      return route(request, body);
    } catch (RefusedException e) {
      return Reply.refused(e.refusal());
    } catch (ClientInput.BrokenOffException e) {
      return Reply.refused(Refusal.invalid("the body was broken off"));
    } catch (Exception e) {
      return Outage.is(e) ? away(request, e) : fault(request, e);
    }
  }

  private Reply route(ServerRequest request, InputStream body) throws Exception {
    String method = request.prologue().method().text();
    List<String> path = Paths.segments(request.prologue().uriPath().rawPath());
    return switch (routes.find(method, path)) {
      case Routes.Match.Nothing() ->
          file(request, path)
              .orElseGet(() -> Reply.refused(Refusal.notFound("there is nothing at this address")));
      case Routes.Match.OtherMethods(var allowed) ->
          Reply.refused(Refusal.of(405, "method", "this address does not know " + method))
              .with("Allow", String.join(", ", allowed));
      case Routes.Match.Found found -> authorised(request, body, found);
    };
  }

  private Optional<Reply> file(ServerRequest request, List<String> path) {
    return switch (request.prologue().method().text()) {
      case "GET" -> routes.site().find(path, name -> Gate.header(request, name));
      case "HEAD" ->
          routes
              .site()
              .find(path, name -> Gate.header(request, name))
              .map(reply -> new Reply(reply.status(), reply.headers(), new Reply.Body.None()));
      default -> Optional.empty();
    };
  }

  private Reply authorised(ServerRequest request, InputStream body, Routes.Match.Found found)
      throws Exception {
    return switch (gate.judge(request, found.route())) {
      case Gate.Verdict.In(Caller caller) -> handled(request, body, found, caller);
      case Gate.Verdict.Out(Reply reply) -> reply;
    };
  }

  private static Reply handled(
      ServerRequest request, InputStream source, Routes.Match.Found found, Caller caller)
      throws Exception {
    Paths.checkPlaces(found.places());
    long limit = found.route().bodyLimit();
    if (request.headers().contentLength().orElse(0) > limit) {
      return Reply.refused(LimitedInput.tooLong(limit));
    }
    boolean gzip =
        Gate.header(request, "Content-Encoding").map(value -> value.equals("gzip")).orElse(false);
    RequestBody body = new RequestBody(source, gzip, limit);
    Call call =
        new Call(
            caller,
            found.route().roles(),
            found.places(),
            query(request),
            name -> Gate.header(request, name),
            body);
    return found.route().handler().handle(call);
  }

  private static Query query(ServerRequest request) {
    Map<String, String> values = new HashMap<>();
    request.query().names().forEach(name -> values.put(name, request.query().get(name)));
    return new Query(values);
  }

  private static Reply away(ServerRequest request, Exception outage) {
    LOG.log(Level.WARNING, "{0}: {1}", request.prologue(), outage.getMessage());
    return Reply.away("store", null);
  }

  private static Reply fault(ServerRequest request, Exception fault) {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    LOG.log(Level.ERROR, "fault " + id + " in " + request.prologue(), fault);
    return Reply.refused(
        new Refusal(
            500,
            "fault",
            "the center could not answer because of a fault of its own",
            "its log says more under " + id,
            List.of()));
  }
}
