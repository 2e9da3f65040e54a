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
  private static final Principal NOBODY = new Principal("", Principal.Kind.ANYONE, Set.of(), false);
  private static final List<String> PROXY_HEADERS =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Entrance entrance;
  private final Authenticator looking;

  Gate(Entrance entrance) {
    this.entrance = entrance;
    this.looking = entrance.authenticator().looking();
  }

  /** What becomes of a request. */
  sealed interface Verdict {
    /** Its caller may use the route. */
    record In(Caller caller) implements Verdict {}

    /** It gets this reply. */
    record Out(Reply reply) implements Verdict {}
  }

  Verdict judge(ServerRequest request, Route route) {
    return judge(request, route, entrance.authenticator());
  }

  private Verdict judge(ServerRequest request, Route route, Authenticator authenticator) {
    return switch (entrance.admission()) {
      case NONE -> in(request, route, anyone(route), null);
      case LOCAL, TOKEN ->
          route.entry() == Route.Entry.OPEN
              ? open(request, route)
              : known(request, route, authenticator);
    };
  }

  private boolean welcome(ServerRequest request, Route route, Principal before) {
    return judge(request, route, looking) instanceof Verdict.In(Caller now)
        && now.principal().equals(before);
  }

  /** Everybody, with the roles that the route asks for. */
  private static Principal anyone(Route route) {
    return Principal.everywhere("anyone", Principal.Kind.ANYONE, route.roles());
  }

  private Verdict open(ServerRequest request, Route route) {
    return foreign(request).orElseGet(() -> in(request, route, NOBODY, null));
  }

  private Verdict known(ServerRequest request, Route route, Authenticator authenticator) {
    // A cookie counts only where browsers are expected.
    String cookie = entrance.sites() == null ? null : header(request, "Cookie").orElse(null);
    String token = header(request, "Authorization").orElse(null);
    return switch (authenticator.authenticate(token, cookie)) {
      case Authenticator.Outcome.Known(Principal principal) ->
          admitted(request, route, principal, null);
      case Authenticator.Outcome.AtBrowser(SignedIn caller) -> atBrowser(request, route, caller);
      case Authenticator.Outcome.Anonymous() ->
          entrance.admission() == Admission.LOCAL
                  && route.loopback()
                  && LoopbackRule.allows(facts(request))
              ? in(request, route, Principal.LOCAL, null)
              : unauthorised("send a token as Authorization: Bearer TOKEN");
      case Authenticator.Outcome.Rejected(String why) -> unauthorised(why);
    };
  }

  private Verdict admitted(
      ServerRequest request, Route route, Principal principal, @Nullable SignedIn signedIn) {
    if (principal.mustchange() && route.entry() != Route.Entry.SELF) {
      return out(
          Refusal.of(
              403,
              "must-change-password",
              "somebody else knows the password; choose another one first, on the page Profile of"
                  + " the console or with PUT /api/v1/me/password"));
    }
    return opens(route, principal)
        ? in(request, route, principal, signedIn)
        : out(Refusal.forbidden());
  }

  private static boolean opens(Route route, Principal principal) {
    boolean person = principal.kind() == Principal.Kind.PERSON;
    return switch (route.entry()) {
      case OPEN -> true;
      case SELF, SIGNED_IN -> person || principal.mayAnywhere(route.roles());
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
    return admitted(request, route, caller.principal(), caller);
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

  private Verdict in(
      ServerRequest request, Route route, Principal principal, @Nullable SignedIn signedIn) {
    return new Verdict.In(
        new Caller(
            principal,
            peer(request),
            request.isSecure(),
            signedIn,
            () -> welcome(request, route, principal)));
  }

  private static Verdict out(Refusal refusal) {
    return new Verdict.Out(Reply.refused(refusal));
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
