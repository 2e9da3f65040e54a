package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.RandomSecret;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.http.StorableTime;
import io.cloudtask.center.jobs.Names;
import io.cloudtask.model.rest.NewToken;
import io.cloudtask.model.rest.TokenRequest;
import io.cloudtask.model.rest.TokenView;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.TokenRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * API tokens. Somebody who is signed in makes some for himself, with no more rights than his own;
 * an administrator sees and revokes all. Only a token that administers everything can make others,
 * which belong to the installation as it does.
 */
final class TokenRoutes {
  private static final String TOKENS = "/api/v1/tokens";

  private final AccessRoutes.Parts parts;

  TokenRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get(TOKENS).allow(Role.readers()).signedIn().handle(this::list),
        Routes.post(TOKENS).allow(Role.readers()).signedIn().handle(this::create),
        Routes.delete(TOKENS + "/{id}").allow(Role.readers()).signedIn().handle(this::revoke));
  }

  private static boolean administers(Principal principal) {
    return principal.mayEverywhere(Set.of(Role.ADMIN));
  }

  private static boolean mayTouch(Principal principal, TokenRow row) {
    return administers(principal)
        || (principal.kind() == Principal.Kind.PERSON && row.owner().equals(principal.name()));
  }

  private Reply list(Call call) {
    return Reply.ok(
        parts
            .store()
            .read(tx ->
                tx.tokens().list().stream()
                    .filter(row -> mayTouch(call.principal(), row))
                    .map(TokenRoutes::view)
                    .toList()));
  }

  private static TokenView view(TokenRow row) {
    return new TokenView(
        row.id(),
        row.name(),
        row.owner(),
        Grants.views(row.grants()),
        row.createat(),
        row.expiresat(),
        row.usedat());
  }

  private Reply create(Call call) {
    Principal maker = call.principal();
    if (maker.kind() == Principal.Kind.TOKEN && !administers(maker)) {
      return Reply.refused(
          Refusal.conflict(
              "no-session",
              "a token makes no others, but for one that administers everything; sign in by a"
                  + " password"));
    }
    TokenRow row = row(call.json(TokenRequest.class), maker);
    String value = RandomSecret.token();
    boolean made =
        parts
            .store()
            .write(tx -> {
              boolean created = tx.tokens().create(value, row);
              if (created) {
                parts.audit(tx, call, "token.create", Owner.name(row), detail(row));
              }
              return created;
            });
    return made
        ? Reply.json(201, new NewToken(view(row), value))
        : Reply.refused(
            Refusal.conflict("name-taken", "there is a token called " + row.name() + " already"));
  }

  private TokenRow row(TokenRequest request, Principal maker) {
    AccessRoutes.require(
        request.name() != null && Names.isPlain(request.name()),
        "name",
        "is no name; " + Names.PLAIN_RULE);
    AccessRoutes.require(
        request.grants() != null && !request.grants().isEmpty(),
        "grants",
        "are missing: a token without any opens nothing");
    Set<GrantRow> grants = Grants.checked(request.grants());
    Set<Grant> wanted = Grants.of(grants);
    AccessRoutes.require(
        Grants.within(maker.grants(), wanted).equals(wanted),
        "grants",
        "are more than you have yourself");
    Instant now = parts.now();
    Instant expires = request.expiresat();
    AccessRoutes.require(
        expires == null || (expires.isAfter(now) && StorableTime.holds(expires)),
        "expiresat",
        "is not a time to come");
    String owner = maker.kind() == Principal.Kind.PERSON ? maker.name() : Owner.NOBODY;
    return TokenRow.of(owner, request.name(), grants, now, expires);
  }

  private static String detail(TokenRow row) {
    return row.expiresat() == null ? "never expires" : "expires " + row.expiresat();
  }

  private Reply revoke(Call call) {
    String id = call.path("id");
    boolean done =
        parts
            .store()
            .write(tx ->
                tx.tokens()
                    .get(id)
                    .filter(row -> mayTouch(call.principal(), row))
                    .map(row -> {
                      parts.audit(tx, call, "token.revoke", Owner.name(row), "");
                      return tx.tokens().revoke(id);
                    })
                    .orElse(false));
    return done
        ? Reply.empty(204)
        : Reply.refused(Refusal.notFound("there is no such token that you may revoke"));
  }
}
