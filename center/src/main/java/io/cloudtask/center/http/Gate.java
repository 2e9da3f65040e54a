package io.cloudtask.center.http;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.LoopbackRule;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.SessionCookie;
import io.cloudtask.center.access.SignedIn;
import io.cloudtask.center.access.Sites;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides from whom a request comes, and whether the route is open to them. */
final class Gate {
  private static final Principal NOBODY = new Principal("", Principal.Kind.ANYONE, Set.of());
  private static final List<String> PROXY_HEADERS =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Entrance entrance;

  Gate(Entrance entrance) {
    this.entrance = entrance;
  }

  /** What becomes of a request. */
  sealed interface Verdict {
    /** Its caller may use the route. */
    record In(Caller caller) implements Verdict {}

    /** It gets this reply. */
    record Out(Reply reply) implements Verdict {}
  }

  Verdict judge(ServerRequest request, Route route) {
    return switch (entrance.admission()) {
      case NONE -> in(request, anyone(route), null);
      case LOCAL, TOKEN ->
          route.entry() == Route.Entry.OPEN ? open(request) : known(request, route);
    };
  }

  /** Everybody, with the roles that the route asks for. */
  private static Principal anyone(Route route) {
    return Principal.everywhere("anyone", Principal.Kind.ANYONE, route.roles());
  }

  private Verdict open(ServerRequest request) {
    return foreign(request).orElseGet(() -> in(request, NOBODY, null));
  }

  private Verdict known(ServerRequest request, Route route) {
    // A cookie counts only where browsers are expected.
    String cookie = entrance.sites() == null ? null : header(request, "Cookie").orElse(null);
    Authenticator.Outcome outcome =
        entrance
            .authenticator()
            .authenticate(header(request, "Authorization").orElse(null), cookie);
    return switch (outcome) {
      case Authenticator.Outcome.Known(Principal principal) ->
          opens(route, principal) ? in(request, principal, null) : forbidden();
      case Authenticator.Outcome.AtBrowser(SignedIn caller) -> atBrowser(request, route, caller);
      case Authenticator.Outcome.Anonymous() ->
          entrance.admission() == Admission.LOCAL
                  && route.loopback()
                  && LoopbackRule.allows(facts(request))
              ? in(request, Principal.LOCAL, null)
              : unauthorised("send a token as Authorization: Bearer TOKEN");
      case Authenticator.Outcome.Rejected(String why) -> unauthorised(why);
    };
  }

  private static boolean opens(Route route, Principal principal) {
    boolean person = principal.kind() == Principal.Kind.PERSON;
    return switch (route.entry()) {
      case OPEN -> true;
      case SIGNED_IN -> person || principal.mayAnywhere(route.roles());
      case SCOPED -> principal.mayAnywhere(route.roles());
      case ROLE -> principal.mayEverywhere(route.roles());
    };
  }

  private Verdict atBrowser(ServerRequest request, Route route, SignedIn caller) {
    Optional<Verdict> foreign = foreign(request);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    boolean reads = READING.contains(request.prologue().method().text());
    if (!reads
        && !SessionCookie.matches(caller.csrf(), header(request, SessionCookie.CSRF_HEADER))) {
      return out(
          Refusal.of(
              403, "csrf", "send what /api/v1/me says under csrf as " + SessionCookie.CSRF_HEADER));
    }
    return opens(route, caller.principal()) ? in(request, caller.principal(), caller) : forbidden();
  }

  private Optional<Verdict> foreign(ServerRequest request) {
    Sites sites = entrance.sites();
    Sites.Judgement judgement =
        sites == null
            ? Sites.Judgement.OWN
            : sites.judge(
                new Sites.Facts(
                    address(request.localPeer().address()).getHostAddress(),
                    header(request, "Host").orElse(null),
                    header(request, "Origin").orElse(null),
                    header(request, "Sec-Fetch-Site").orElse(null)));
    return switch (judgement) {
      case OWN -> Optional.empty();
      case FOREIGN_HOST ->
          Optional.of(
              out(
                  Refusal.of(
                      421,
                      "host",
                      "this center is not known by that name; name it as websitehost in its"
                          + " configuration, or use its address")));
      case FOREIGN_PAGE ->
          Optional.of(
              out(Refusal.of(403, "origin", "a page from elsewhere can't use this session")));
    };
  }

  private static Verdict in(
      ServerRequest request, Principal principal, @Nullable SignedIn signedIn) {
    return new Verdict.In(new Caller(principal, peer(request), signedIn));
  }

  private static Verdict out(Refusal refusal) {
    return new Verdict.Out(Reply.refused(refusal));
  }

  private static Verdict forbidden() {
    return out(Refusal.forbidden());
  }

  private static Verdict unauthorised(String message) {
    return new Verdict.Out(
        Reply.refused(Refusal.of(401, "unauthorised", message))
            .with("WWW-Authenticate", "Bearer realm=\"cloudtask\""));
  }

  private static LoopbackRule.Facts facts(ServerRequest request) {
    return new LoopbackRule.Facts(
        peer(request),
        header(request, "Host").orElse(null),
        header(request, "Origin").orElse(null),
        header(request, "Sec-Fetch-Site").orElse(null),
        PROXY_HEADERS.stream().anyMatch(name -> header(request, name).isPresent()));
  }

  private static InetAddress peer(ServerRequest request) {
    return address(request.remotePeer().address());
  }

  private static InetAddress address(SocketAddress end) {
    if (end instanceof InetSocketAddress address) {
      return address.getAddress();
    }
    throw new IllegalStateException("the connection has no internet address");
  }

  /** The first value of a header. */
  static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }
}
