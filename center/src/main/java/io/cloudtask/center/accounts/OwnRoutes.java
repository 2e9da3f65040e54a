package io.cloudtask.center.accounts;

import io.cloudtask.center.access.PasswordRule;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.access.SessionAge;
import io.cloudtask.center.access.SignedIn;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.MeView;
import io.cloudtask.model.rest.PasswordChange;
import io.cloudtask.model.rest.SessionView;
import io.cloudtask.store.SessionRow;
import java.time.Instant;
import java.util.List;

/** What everybody may see and change of themselves. */
final class OwnRoutes {
  private static final String ME = "/api/v1/me";

  private final AccessRoutes.Parts parts;
  private final OwnPassword own;

  OwnRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
    this.own = new OwnPassword(parts.store(), parts.passwords(), parts.tries(), parts.clock());
  }

  List<Route> routes() {
    return List.of(
        Routes.get(ME).allow(Role.readers()).self().handle(this::me),
        Routes.put(ME + "/password").allow(Role.readers()).self().handle(this::changePassword),
        Routes.get(ME + "/sessions").allow(Role.readers()).signedIn().handle(this::sessions),
        Routes.delete(ME + "/sessions/{id}")
            .allow(Role.readers())
            .signedIn()
            .handle(this::endSession));
  }

  private Reply me(Call call) {
    MeView view =
        call.signedIn()
            .flatMap(caller ->
                parts
                    .store()
                    .read(tx -> tx.accounts().find(caller.principal().name()))
                    .map(account -> Own.view(account, caller.csrf())))
            .orElseGet(() -> Own.view(call.principal()));
    return Reply.ok(view);
  }

  private static SignedIn caller(Call call) {
    return call.signedIn()
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    409, "no-session", "only somebody who is signed in by a password has that")));
  }

  private Reply changePassword(Call call) {
    SignedIn caller = caller(call);
    String name = caller.principal().name();
    PasswordChange change = call.json(PasswordChange.class);
    AccessRoutes.require(change.old() != null, "old", "is missing");
    AccessRoutes.require(change.next() != null, "new", "is missing");
    PasswordRule.refused(change.next(), name)
        .ifPresent(why -> AccessRoutes.require(false, "new", why));
    AccessRoutes.require(!change.next().equals(change.old()), "new", "is the old one");
    return switch (own.change(
        name, caller.session(), change.old(), change.next(), call.address())) {
      case OwnPassword.Outcome.Changed() -> Reply.empty(204);
      case OwnPassword.Outcome.Wrong() ->
          Reply.refused(Refusal.invalid("old", "is not your password"));
      case OwnPassword.Outcome.TooMany(var pause) -> AccessRoutes.tooMany(pause);
    };
  }

  private Reply sessions(Call call) {
    SignedIn caller = caller(call);
    Instant now = parts.now();
    List<SessionRow> rows = parts.store().read(tx -> tx.sessions().list(caller.principal().name()));
    return Reply.ok(
        rows.stream()
            .filter(row -> !SessionAge.USUAL.over(row.createat(), row.seenat(), now))
            .map(row -> view(row, caller.session()))
            .toList());
  }

  private static SessionView view(SessionRow row, String current) {
    return new SessionView(
        row.id(),
        row.createat(),
        row.seenat(),
        row.address(),
        row.agent(),
        row.id().equals(current));
  }

  private Reply endSession(Call call) {
    SignedIn caller = caller(call);
    String name = caller.principal().name();
    String id = call.path("id");
    boolean ended =
        parts
            .store()
            .write(tx -> {
              boolean done = tx.sessions().end(name, id);
              if (done) {
                parts.audit(tx, call, "session.end", name, "from the list of sessions");
              }
              return done;
            });
    return ended ? Reply.empty(204) : Reply.refused(Refusal.notFound("you have no such session"));
  }
}
