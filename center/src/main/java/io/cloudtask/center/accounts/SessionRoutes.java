package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.access.SessionCookie;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.SignIn;
import java.util.List;
import java.util.Locale;

/** Signing in and out. */
final class SessionRoutes {
  private static final String SESSION = "/api/v1/session";
  private static final int BODY_BYTES = 8 * 1024;

  private final AccessRoutes.Parts parts;
  private final SignIns signIns;

  SessionRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
    this.signIns = new SignIns(parts.store(), parts.passwords(), parts.tries(), parts.clock());
  }

  List<Route> routes() {
    return List.of(
        Routes.post(SESSION)
            .allow(Role.readers())
            .open()
            .bodyLimit(BODY_BYTES)
            .handle(this::signIn),
        Routes.delete(SESSION).allow(Role.readers()).self().handle(this::signOut));
  }

  private Reply signIn(Call call) {
    SignIn request = call.json(SignIn.class);
    AccessRoutes.require(request.name() != null, "name", "is missing");
    AccessRoutes.require(request.password() != null, "password", "is missing");
    SignIns.Browser browser =
        new SignIns.Browser(
            call.address(),
            call.header("User-Agent").orElse(""),
            SessionCookie.find(call.header("Cookie").orElse(null)));
    return switch (signIns.open(request.name(), request.password(), browser)) {
      case SignIns.Outcome.Opened opened ->
          Reply.ok(Own.view(opened.account(), SessionCookie.csrf(opened.cookie())))
              .with("Set-Cookie", SessionCookie.set(opened.cookie(), byTls(call)));
      case SignIns.Outcome.Wrong() ->
          Reply.refused(
              Refusal.of(401, "wrong-password", "that name and password do not go together"));
      case SignIns.Outcome.TooMany(var pause) -> AccessRoutes.tooMany(pause);
    };
  }

  /** A browser says where its page came from; only that page can know of TLS in front of us. */
  private static boolean byTls(Call call) {
    return call.tls()
        || call.header("Origin")
            .map(origin -> origin.toLowerCase(Locale.ROOT).startsWith("https://"))
            .orElse(false);
  }

  private Reply signOut(Call call) {
    call.signedIn()
        .ifPresent(caller ->
            parts
                .store()
                .execute(tx -> {
                  String name = caller.principal().name();
                  if (tx.sessions().end(name, caller.session())) {
                    parts.audit(tx, call, "session.end", name, "");
                  }
                }));
    return Reply.empty(204).with("Set-Cookie", SessionCookie.removed());
  }
}
