package io.cloudtask.center.accounts;

import io.cloudtask.center.access.PasswordRule;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.access.SignedIn;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.UserChange;
import io.cloudtask.model.rest.UserView;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.Accounts;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users, for administrators of everything. */
final class UserRoutes {
  private static final String USERS = "/api/v1/users";
  private static final String USER = USERS + "/{name}";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final int LONGEST_TEXT = 200;

  private final AccessRoutes.Parts parts;

  UserRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get(USERS).allow(Role.ADMIN).handle(this::list),
        Routes.post(USERS).allow(Role.ADMIN).handle(this::create),
        Routes.get(USER).allow(Role.ADMIN).handle(this::show),
        Routes.put(USER).allow(Role.ADMIN).handle(this::change),
        Routes.delete(USER).allow(Role.ADMIN).handle(this::remove));
  }

  private Reply list(Call call) {
    return Reply.ok(
        parts.store().read(tx -> tx.accounts().list().stream().map(UserRoutes::view).toList()));
  }

  private Reply show(Call call) {
    String name = call.path("name");
    Optional<AccountRow> row = parts.store().read(tx -> tx.accounts().find(name));
    return row.map(account -> Reply.ok(view(account))).orElseGet(() -> unknown(name));
  }

  private static Reply unknown(String name) {
    return Reply.refused(Refusal.notFound("there is no user called " + name));
  }

  private static UserView view(AccountRow row) {
    return new UserView(
        row.name(),
        row.displayname(),
        row.mail(),
        row.enabled(),
        Grants.views(row.grants()),
        row.createat(),
        row.seenat());
  }

  private Reply create(Call call) {
    UserChange change = call.json(UserChange.class);
    String name = Objects.requireNonNullElse(change.name(), "");
    AccessRoutes.require(
        NAME.matcher(name).matches(),
        "name",
        "has to be 1 to 64 small letters, digits, dots, dashes, underscores and @, a letter or"
            + " digit first");
    AccessRoutes.require(change.password() != null, "password", "is missing");
    Instant now = parts.now();
    AccountRow row = changed(new AccountRow(name, "", "", Set.of(), true, true, now, null), change);
    String hash = hash(name, change.password());
    boolean made =
        parts
            .store()
            .write(tx -> {
              boolean created = tx.accounts().create(row, hash);
              if (created) {
                parts.audit(tx, call, "user.create", name, words(row));
              }
              return created;
            });
    return made
        ? Reply.json(201, view(row))
        : Reply.refused(Refusal.conflict("name-taken", "there is a user called " + name));
  }

  private String hash(String name, @Nullable String password) {
    if (password == null) {
      return "";
    }
    PasswordRule.refused(password, name)
        .ifPresent(why -> AccessRoutes.require(false, "password", why));
    return parts.passwords().hash(password);
  }

  private static AccountRow changed(AccountRow row, UserChange change) {
    String displayname = Objects.requireNonNullElse(change.displayname(), row.displayname());
    String mail = Objects.requireNonNullElse(change.mail(), row.mail());
    AccessRoutes.require(
        fits(displayname),
        "displayname",
        "is longer than 200 characters, or has control characters");
    AccessRoutes.require(
        fits(mail) && (mail.isEmpty() || mail.indexOf('@') > 0), "mail", "is no mail address");
    return new AccountRow(
        row.name(),
        displayname,
        mail,
        change.grants() == null ? row.grants() : Grants.checked(change.grants()),
        Objects.requireNonNullElse(change.enabled(), row.enabled()),
        row.mustchange(),
        row.createat(),
        row.seenat());
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
  }

  private record Changed(Accounts.Change outcome, @Nullable AccountRow row) {}

  private Reply change(Call call) {
    String name = call.path("name");
    UserChange change = call.json(UserChange.class);
    String hash = hash(name, change.password());
    Changed changed = parts.store().write(tx -> change(tx, call, change, hash));
    return switch (changed.outcome) {
      case DONE -> Reply.ok(view(Objects.requireNonNull(changed.row)));
      case UNKNOWN -> unknown(name);
      case LAST_ADMINISTRATOR -> lastAdministrator();
    };
  }

  private Changed change(Tx tx, Call call, UserChange change, String hash) {
    Optional<AccountRow> before = tx.accounts().find(call.path("name"));
    if (before.isEmpty()) {
      return new Changed(Accounts.Change.UNKNOWN, null);
    }
    AccountRow row = changed(before.get(), change);
    Accounts.Change outcome = tx.accounts().change(row);
    if (outcome == Accounts.Change.DONE) {
      parts.audit(tx, call, "user.change", row.name(), words(row));
      if (!hash.isEmpty()) {
        replacePassword(tx, call, row.name(), hash);
      }
    }
    return new Changed(outcome, row);
  }

  /** Who gets a password from somebody else has to choose another one, and to sign in again. */
  private void replacePassword(Tx tx, Call call, String name, String hash) {
    Optional<SignedIn> self =
        call.signedIn().filter(caller -> caller.principal().name().equals(name));
    tx.accounts().password(name, hash, self.isEmpty());
    tx.sessions().endOthers(name, self.map(SignedIn::session).orElse(""));
    parts.audit(tx, call, "password.replace", name, "");
  }

  private static String words(AccountRow row) {
    List<String> grants =
        row.grants().stream()
            .map(grant -> grant.role() + (grant.scope().isEmpty() ? "" : " of " + grant.scope()))
            .sorted()
            .toList();
    String rights = grants.isEmpty() ? "no rights" : String.join(", ", grants);
    return row.enabled() ? rights : "disabled; " + rights;
  }

  private Reply remove(Call call) {
    String name = call.path("name");
    Accounts.Change outcome =
        parts
            .store()
            .write(tx -> {
              Accounts.Change done = tx.accounts().remove(name);
              if (done == Accounts.Change.DONE) {
                parts.audit(tx, call, "user.remove", name, "");
              }
              return done;
            });
    return switch (outcome) {
      case DONE -> Reply.empty(204);
      case UNKNOWN -> unknown(name);
      case LAST_ADMINISTRATOR -> lastAdministrator();
    };
  }

  private static Reply lastAdministrator() {
    return Reply.refused(
        Refusal.conflict(
            "last-administrator",
            "nobody would be left to administer; make another enabled administrator first"));
  }
}
