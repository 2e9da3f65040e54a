package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AuditView;
import io.cloudtask.model.rest.GrantView;
import io.cloudtask.model.rest.MeView;
import io.cloudtask.model.rest.NewToken;
import io.cloudtask.model.rest.OwnersView;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.TokenView;
import io.cloudtask.model.rest.UserView;
import io.cloudtask.store.GrantRow;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Users, tokens, and the record of what was done to them. */
final class UserApiTest {
  private static final String USERS = "/api/v1/users";
  private static final String TOKENS = "/api/v1/tokens";
  private static final String ME = "/api/v1/me";
  private static final String ADMIN_GRANT =
      "{\"role\": \"admin\", \"runtime\": null, \"group\": null}";

  @TempDir Path dir;
  private RunningCenter center;

  @BeforeEach
  void start() {
    center = new RunningCenter(dir);
  }

  @AfterEach
  void close() {
    center.close();
  }

  private UserView made(String name, String grants) throws Exception {
    RunningCenter.Answer answer =
        center.post(
            USERS,
            """
            {"name": "%s", "displayname": "One of us", "mail": "one@example.org",
             "password": "%s", "grants": [%s]}
            """
                .formatted(name, Browser.PASSWORD, grants));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.as(UserView.class);
  }

  @Test
  void a_user_is_made_shown_changed_and_removed() throws Exception {
    UserView ann =
        made("ann", "{\"role\": \"owner\", \"runtime\": \"local\", \"group\": \"night\"}");
    made("zoe", ADMIN_GRANT);
    assertThat(center.get(USERS + "/ann").as(UserView.class)).isEqualTo(ann);
    assertThat(center.get(USERS).json()).hasSize(2);
    assertThat(center.get(USERS).text()).doesNotContain("argon2");
    assertThat(ann.grants())
        .singleElement()
        .satisfies(grant -> {
          assertThat(grant.runtime()).isEqualTo("local");
          assertThat(grant.group()).isEqualTo("night");
        });

    Browser browser = Browser.of(center, "ann");
    assertThat(browser.get(ME).as(MeView.class).mustchange()).isTrue();
    assertThat(center.get(USERS + "/ann").as(UserView.class).seenat()).isEqualTo(RunningCenter.NOW);
    UserView changed = center.put(USERS + "/ann", "{\"displayname\": \"Ann\"}").as(UserView.class);
    assertThat(changed.displayname()).isEqualTo("Ann");
    assertThat(changed.grants()).isEqualTo(ann.grants());
    assertThat(browser.get(ME).status()).isEqualTo(200);

    assertThat(center.delete(USERS + "/ann").status()).isEqualTo(204);
    assertThat(center.delete(USERS + "/ann").status()).isEqualTo(404);
    assertThat(browser.get(ME).status()).isEqualTo(401);
  }

  @Test
  void who_is_disabled_is_out_at_once_with_all_sessions_and_tokens() throws Exception {
    Browser.user(center, "ann", GrantRow.ADMIN);
    made("zoe", ADMIN_GRANT);
    Browser browser = Browser.of(center, "ann");
    String token = newToken(browser, "ci", ADMIN_GRANT).value();
    assertThat(statusWith(token, ME)).isEqualTo(200);

    assertThat(center.put(USERS + "/ann", "{\"enabled\": false}").status()).isEqualTo(200);
    assertThat(browser.get(ME).status()).isEqualTo(401);
    assertThat(statusWith(token, ME)).isEqualTo(401);
    assertThat(browser.signIn("ann", Browser.PASSWORD).status()).isEqualTo(401);

    center.put(USERS + "/ann", "{\"enabled\": true}");
    assertThat(browser.get(ME).status()).as("the session is over").isEqualTo(401);
    assertThat(statusWith(token, ME)).isEqualTo(200);
  }

  @Test
  void a_password_from_somebody_else_ends_the_sessions_and_has_to_be_changed() throws Exception {
    made("ann", ADMIN_GRANT);
    Browser browser = Browser.of(center, "ann");
    String next = "nine red balloons";
    center.put(USERS + "/ann", "{\"password\": \"%s\"}".formatted(next));

    assertThat(browser.get(ME).status()).isEqualTo(401);
    assertThat(browser.signIn("ann", Browser.PASSWORD).status()).isEqualTo(401);
    assertThat(browser.signIn("ann", next).as(MeView.class).mustchange()).isTrue();
    assertThat(browser.get(USERS).status()).isEqualTo(403);
    assertThat(browser.get(USERS).as(Problem.class).type()).isEqualTo("must-change-password");
    browser.send(
        "PUT", ME + "/password", "{\"old\": \"%s\", \"new\": \"ten blue ones\"}".formatted(next));
    assertThat(browser.get(ME).as(MeView.class).mustchange()).isFalse();
    assertThat(browser.get(USERS).status()).isEqualTo(200);
  }

  @Test
  void the_last_administrator_stays() throws Exception {
    Browser.user(center, "ann", GrantRow.ADMIN);
    made("bob", "{\"role\": \"admin\", \"runtime\": \"local\"}");
    Browser ann = Browser.of(center, "ann");
    for (String body : List.of("{\"enabled\": false}", "{\"grants\": []}")) {
      RunningCenter.Answer answer = ann.send("PUT", USERS + "/ann", body);
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.as(Problem.class).type()).isEqualTo("last-administrator");
    }
    assertThat(ann.send("DELETE", USERS + "/ann", "").status()).isEqualTo(409);
    assertThat(ann.get(ME).as(MeView.class).grants()).hasSize(1);

    ann.send("PUT", USERS + "/bob", "{\"grants\": [%s]}".formatted(ADMIN_GRANT));
    assertThat(ann.send("DELETE", USERS + "/ann", "").status()).isEqualTo(204);
  }

  @Test
  void what_can_not_be_is_refused_with_the_field_to_mend() throws Exception {
    made("ann", ADMIN_GRANT);
    String good = "\"password\": \"%s\"".formatted(Browser.PASSWORD);
    assertThat(refused("{\"name\": \"Ann B\", %s}".formatted(good))).isEqualTo("name");
    assertThat(refused("{\"name\": \"bob\"}")).isEqualTo("password");
    assertThat(refused("{\"name\": \"bob\", \"password\": \"short\"}")).isEqualTo("password");
    assertThat(refused("{\"name\": \"bobbybobby\", \"password\": \"bobbyBobby\"}"))
        .isEqualTo("password");
    assertThat(refused("{\"name\": \"bob\", \"mail\": \"nobody\", %s}".formatted(good)))
        .isEqualTo("mail");
    assertThat(
            refused(
                "{\"name\": \"bob\", \"grants\": [{\"role\": \"cluster\"}], %s}".formatted(good)))
        .isEqualTo("grants[0].role");
    assertThat(
            refused(
                "{\"name\": \"bob\", \"grants\": [{\"role\": \"owner\", \"group\": \"x\"}], %s}"
                    .formatted(good)))
        .isEqualTo("grants[0].group");
    assertThat(refused("{\"name\": \"bob\", \"grants\": [null], %s}".formatted(good)))
        .isEqualTo("grants[0].role");
    assertThat(center.post(USERS, "{\"name\": \"ann\", %s}".formatted(good)).status())
        .isEqualTo(409);
    assertThat(center.get(USERS).json()).hasSize(1);
  }

  private String refused(String body) throws Exception {
    RunningCenter.Answer answer = center.post(USERS, body);
    assertThat(answer.status()).as(body).isEqualTo(400);
    return answer.as(Problem.class).errors().getFirst().path();
  }

  private static NewToken newToken(Browser browser, String name, String grants) throws Exception {
    RunningCenter.Answer answer =
        browser.send(
            "POST", TOKENS, "{\"name\": \"%s\", \"grants\": [%s]}".formatted(name, grants));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.as(NewToken.class);
  }

  private int statusWith(String token, String path) throws Exception {
    return center.send(center.request(center.consoleUrl(path), token)).status();
  }

  @Test
  void a_token_is_shown_once_and_works_until_it_is_revoked() throws Exception {
    Browser.user(center, "ann", new GrantRow("viewer", ""));
    Browser.user(center, "bob", new GrantRow("viewer", ""));
    Browser ann = Browser.of(center, "ann");
    NewToken made = newToken(ann, "report", "{\"role\": \"viewer\"}");
    assertThat(made.value()).startsWith("cloudtask_");
    assertThat(made.token().owner()).isEqualTo("ann");
    assertThat(made.token().usedat()).isNull();

    assertThat(statusWith(made.value(), "/api/v1/jobs")).isEqualTo(200);
    assertThat(statusWith(made.value(), USERS)).isEqualTo(403);
    TokenView[] own = ann.get(TOKENS).as(TokenView[].class);
    assertThat(own)
        .singleElement()
        .satisfies(token -> assertThat(token.usedat()).isEqualTo(RunningCenter.NOW));
    assertThat(ann.get(TOKENS).text()).doesNotContain(made.value());
    assertThat(center.get(TOKENS).as(TokenView[].class))
        .extracting(TokenView::owner)
        .containsExactly("", "ann");
    assertThat(
            ann.send("POST", TOKENS, "{\"name\": \"report\", \"grants\": [{\"role\": \"viewer\"}]}")
                .status())
        .isEqualTo(409);

    String path = TOKENS + "/" + made.token().id();
    Browser bob = Browser.of(center, "bob");
    assertThat(bob.get(TOKENS).json()).isEmpty();
    assertThat(bob.send("DELETE", path, "").status()).isEqualTo(404);
    assertThat(ann.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(statusWith(made.value(), "/api/v1/jobs")).isEqualTo(401);
  }

  @Test
  void a_token_works_until_it_expires() throws Exception {
    Browser.user(center, "ann", GrantRow.ADMIN);
    Browser ann = Browser.of(center, "ann");
    String body =
        "{\"name\": \"brief\", \"grants\": [%s], \"expiresat\": \"%s\"}"
            .formatted(ADMIN_GRANT, RunningCenter.NOW.plusSeconds(3600));
    String value = ann.send("POST", TOKENS, body).as(NewToken.class).value();
    assertThat(statusWith(value, USERS)).isEqualTo(200);
    center.clock.advance(Duration.ofSeconds(3599));
    assertThat(statusWith(value, USERS)).isEqualTo(200);
    center.clock.advance(Duration.ofSeconds(1));
    assertThat(statusWith(value, USERS)).isEqualTo(401);
    assertThat(ann.send("POST", TOKENS, body.replace("brief", "late")).status()).isEqualTo(400);
  }

  @Test
  void nobody_hands_on_more_than_he_has() throws Exception {
    Browser.user(center, "ann", new GrantRow("owner", "local"));
    Browser ann = Browser.of(center, "ann");
    assertThat(create(ann, "{\"role\": \"admin\", \"runtime\": \"local\"}")).isEqualTo(400);
    assertThat(create(ann, "{\"role\": \"owner\"}")).isEqualTo(400);
    assertThat(create(ann, "{\"role\": \"owner\", \"runtime\": \"localhost\"}")).isEqualTo(400);
    assertThat(create(ann, "")).isEqualTo(400);
    String value =
        newToken(ann, "ok", "{\"role\": \"owner\", \"runtime\": \"local\", \"group\": \"a\"}")
            .value();

    RunningCenter.Answer answer =
        center.send(
            center
                .request(center.consoleUrl(TOKENS), value)
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\": \"x\", \"grants\": [{\"role\": \"viewer\"}]}")));
    assertThat(answer.status()).as("a token makes no others").isEqualTo(409);
  }

  private static int create(Browser browser, String grants) throws Exception {
    return browser
        .send("POST", TOKENS, "{\"name\": \"t\", \"grants\": [%s]}".formatted(grants))
        .status();
  }

  @Test
  void a_token_loses_what_its_owner_loses() throws Exception {
    made("zoe", ADMIN_GRANT);
    Browser.user(center, "ann", GrantRow.ADMIN);
    String value = newToken(Browser.of(center, "ann"), "t", ADMIN_GRANT).value();
    assertThat(statusWith(value, USERS)).isEqualTo(200);
    center.put(USERS + "/ann", "{\"grants\": [{\"role\": \"viewer\"}]}");
    assertThat(statusWith(value, USERS)).isEqualTo(403);
    center.delete(USERS + "/ann");
    assertThat(statusWith(value, USERS)).isEqualTo(401);
  }

  @Test
  void a_token_of_the_installation_makes_others_of_it() throws Exception {
    NewToken made =
        center
            .post(TOKENS, "{\"name\": \"deploy\", \"grants\": [{\"role\": \"operator\"}]}")
            .as(NewToken.class);
    assertThat(made.token().owner()).isEmpty();
    assertThat(statusWith(made.value(), "/api/v1/jobs")).isEqualTo(200);
    assertThat(
            center
                .send(center.request(center.consoleUrl(ME), made.value()))
                .as(MeView.class)
                .name())
        .isEqualTo("deploy");
  }

  @Test
  void owners_of_a_runtime_and_its_groups_are_the_users_with_that_grant() throws Exception {
    String owners = "/api/v1/runtimes/local/owners";
    Browser.user(center, "ann", new GrantRow("owner", "local"), new GrantRow("viewer", ""));
    Browser.user(center, "bob", new GrantRow("owner", "local/night"));
    Browser.user(center, "carl", new GrantRow("viewer", "local/night"));
    center.applied("{runtime: local, group: day, jobs: [{name: a, command: b}]}");
    assertThat(center.get(owners).as(OwnersView[].class))
        .containsExactly(
            new OwnersView(null, List.of("ann")),
            new OwnersView("day", List.of()),
            new OwnersView("night", List.of("bob")));
    assertThat(Browser.of(center, "carl").get(owners).as(OwnersView[].class))
        .as("what is in his sight")
        .containsExactly(
            new OwnersView(null, List.of("ann")), new OwnersView("night", List.of("bob")));

    RunningCenter.Answer changed =
        center.put(owners, "{\"group\": \"day\", \"owners\": [\"bob\", \"ann\"]}");
    assertThat(changed.as(OwnersView[].class))
        .contains(new OwnersView("day", List.of("ann", "bob")));
    center.put(owners, "{\"owners\": []}");
    assertThat(center.get(USERS + "/ann").as(UserView.class).grants())
        .containsExactly(
            new GrantView("viewer", null, null), new GrantView("owner", "local", "day"));
    assertThat(found("/api/v1/audit?what=owners.change&text=bob").object()).isEqualTo("local/day");

    assertThat(
            center
                .put(owners, "{\"owners\": [\"bob\", \"zoe\"]}")
                .as(Problem.class)
                .errors()
                .getFirst()
                .path())
        .isEqualTo("owners[1]");
    assertThat(center.put(owners, "{\"group\": \"a/b\", \"owners\": []}").status()).isEqualTo(400);
    assertThat(center.put("/api/v1/runtimes/mars/owners", "{\"owners\": []}").status())
        .isEqualTo(404);
    assertThat(Browser.of(center, "ann").send("PUT", owners, "{\"owners\": []}").status())
        .isEqualTo(403);
  }

  @Test
  void every_change_is_written_down_and_found_again() throws Exception {
    Browser.user(center, "ann", GrantRow.ADMIN);
    Browser ann = Browser.of(center, "ann");
    NewToken token = newToken(ann, "ci", ADMIN_GRANT);
    made("bob", ADMIN_GRANT);
    center.put(USERS + "/bob", "{\"enabled\": false, \"password\": \"nine red balloons\"}");
    center.delete(USERS + "/bob");
    ann.send("DELETE", TOKENS + "/" + token.token().id(), "");
    ann.send("DELETE", "/api/v1/session", "");

    JsonNode all = center.get("/api/v1/audit?limit=8").json().get("items");
    assertThat(all.valueStream().map(row -> row.get("what").asString()))
        .containsExactly(
            "session.end",
            "token.revoke",
            "user.remove",
            "password.replace",
            "user.change",
            "user.create",
            "token.create",
            "session.open");
    assertThat(all.valueStream().map(row -> row.get("origin").asString()))
        .containsOnly("127.0.0.1");
    assertThat(all.toString()).doesNotContain("balloons").doesNotContain(token.value());

    AuditView created = found("/api/v1/audit?what=user.create&text=bob");
    assertThat(created.who()).isEqualTo("admin");
    assertThat(created.object()).isEqualTo("bob");
    assertThat(created.detail()).isEqualTo("admin");
    assertThat(found("/api/v1/audit?who=ann&what=token.create").object()).isEqualTo("ann/ci");
    String next = center.get("/api/v1/audit?limit=1").json().get("next").asString();
    assertThat(found("/api/v1/audit?limit=1&after=" + next).what()).isEqualTo("token.revoke");
    assertThat(center.get("/api/v1/audit?to=2020-01-01T00:00:00Z").json().get("items").isEmpty())
        .isTrue();
  }

  private AuditView found(String query) throws Exception {
    JsonNode items = center.get(query).json().get("items");
    assertThat(items).hasSize(1);
    return Json.MAPPER.treeToValue(items.get(0), AuditView.class);
  }

  @Test
  void who_has_no_rights_may_still_see_himself_and_change_the_password() throws Exception {
    Browser.user(center, "ann");
    Browser ann = Browser.of(center, "ann");
    assertThat(ann.get(ME).as(MeView.class).grants()).isEmpty();
    assertThat(ann.get("/api/v1/audit").status()).isEqualTo(403);
    assertThat(ann.get(USERS).status()).isEqualTo(403);
    assertThat(
            ann.send(
                    "PUT",
                    ME + "/password",
                    "{\"old\": \"%s\", \"new\": \"ten blue ones\"}".formatted(Browser.PASSWORD))
                .status())
        .isEqualTo(204);
  }
}
