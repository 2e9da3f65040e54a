package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.cli.PretendedCenter.Answer;
import io.cloudtask.cli.PretendedCenter.Outcome;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.GrantView;
import io.cloudtask.model.rest.NewToken;
import io.cloudtask.model.rest.OwnersView;
import io.cloudtask.model.rest.TokenRequest;
import io.cloudtask.model.rest.TokenView;
import io.cloudtask.model.rest.UserChange;
import io.cloudtask.model.rest.UserView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandsTest {
  private static final String USERS = "/api/v1/users";
  private static final Instant AT = Instant.parse("2026-07-01T11:00:00Z");
  private static final GrantView ADMIN = new GrantView("admin", null, null);
  private static final GrantView NIGHT = new GrantView("operator", "local", "night");

  @TempDir Path directory;
  PretendedCenter center;

  @BeforeEach
  void start() throws IOException {
    center = new PretendedCenter(directory);
  }

  @AfterEach
  void stop() {
    center.close();
  }

  private static UserView user(String name, boolean enabled, GrantView... grants) {
    return new UserView(name, "Ann", "", enabled, List.of(grants), AT, null);
  }

  private UserChange sent() {
    return Json.MAPPER.readValue(center.requests.getLast().body(), UserChange.class);
  }

  @Test
  void users_are_listed_with_what_they_may_do() {
    center.on("GET " + USERS, Answer.json(200, List.of(user("ann", false, ADMIN, NIGHT))));
    assertThat(center.run("user", "list").out())
        .contains("ann", "no", "admin, operator@local/night");
    assertThat(center.run("user", "list", "--json").out()).contains("\"displayname\" : \"Ann\"");
  }

  @Test
  void a_user_is_made_with_a_random_password_that_is_printed() {
    center.on("POST " + USERS, Answer.json(201, user("ann", true, NIGHT)));
    Outcome outcome =
        center.run("user", "create", "ann", "--grant", "operator@local/night", "--name", "Ann");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("user ann made, password " + sent().password() + "\n");
    assertThat(sent().password()).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
    assertThat(sent().grants()).containsExactly(NIGHT);
  }

  @Test
  void a_grant_that_is_none_is_refused_before_anything_is_sent() {
    for (String grant : List.of("king", "admin@", "owner@local/", "cluster", "owner@/x")) {
      Outcome outcome = center.run("user", "create", "ann", "--grant", grant);
      assertThat(outcome.code()).as(grant).isEqualTo(2);
      assertThat(outcome.err()).contains("'" + grant + "'");
    }
    assertThat(center.requests).isEmpty();
  }

  @Test
  void an_administrator_is_made_or_gets_a_new_password() {
    center.on("GET " + USERS, Answer.json(200, List.of()));
    center.on("POST " + USERS, Answer.json(201, user("admin", true, ADMIN)));
    assertThat(center.run("user", "create-admin").out()).startsWith("user admin made, password ");
    assertThat(sent().grants()).containsExactly(ADMIN);

    center.on("GET " + USERS, Answer.json(200, List.of(user("ann", false))));
    center.on("PUT " + USERS + "/ann", Answer.json(200, user("ann", true, ADMIN)));
    String said = center.run("user", "create-admin", "ann", "--json").out();
    assertThat(said).contains("\"password\" : \"" + sent().password() + "\"");
    assertThat(sent().enabled()).isTrue();
  }

  @Test
  void a_user_is_disabled_enabled_and_gets_another_password() {
    center.on("PUT " + USERS + "/ann", Answer.json(200, user("ann", false)));
    assertThat(center.run("user", "disable", "ann").out()).isEqualTo("disabled ann\n");
    assertThat(sent().enabled()).isFalse();
    assertThat(sent().password()).isNull();
    assertThat(center.run("user", "enable", "ann").out()).isEqualTo("enabled ann\n");
    assertThat(center.run("user", "password", "ann").out())
        .startsWith("user ann changed, password ");
    assertThat(sent().enabled()).isNull();
    center.on("DELETE " + USERS + "/ann", new Answer(204, new byte[0], Map.of()));
    assertThat(center.run("user", "delete", "ann").out()).isEqualTo("deleted ann\n");
  }

  @Test
  void owners_of_a_runtime_and_its_groups_are_shown_and_said() {
    String path = "/api/v1/runtimes/local/owners";
    List<OwnersView> all =
        List.of(new OwnersView(null, List.of()), new OwnersView("night", List.of("ann", "bob")));
    center.on("GET " + path, Answer.json(200, all));
    center.on("PUT " + path, Answer.json(200, all));
    assertThat(center.run("runtime", "owners", "local").out())
        .containsPattern("\\(the runtime\\) +nobody")
        .containsPattern("night +ann, bob");
    center.run(
        "runtime", "owners", "local", "--group", "night", "--owner", "ann", "--owner", "bob");
    assertThat(Json.MAPPER.readValue(center.requests.getLast().body(), OwnersView.class))
        .isEqualTo(all.getLast());
    center.run("runtime", "owners", "local", "--nobody");
    assertThat(Json.MAPPER.readValue(center.requests.getLast().body(), OwnersView.class))
        .isEqualTo(all.getFirst());
    assertThat(center.run("runtime", "owners", "local", "--group", "night").code()).isEqualTo(2);
  }

  @Test
  void a_token_is_made_listed_and_revoked() {
    TokenView token = new TokenView("t1", "ci", "", List.of(NIGHT), AT, null, null);
    center.on("POST /api/v1/tokens", Answer.json(201, new NewToken(token, "cloudtask_abc")));
    Outcome outcome =
        center.run("token", "create", "ci", "--grant", "operator@local/night", "--days", "90");
    assertThat(outcome).isEqualTo(new Outcome(0, "cloudtask_abc\n", ""));
    TokenRequest request =
        Json.MAPPER.readValue(center.requests.getLast().body(), TokenRequest.class);
    assertThat(request.expiresat()).isEqualTo(PretendedCenter.NOW.plus(Duration.ofDays(90)));
    assertThat(request.grants()).containsExactly(NIGHT);

    center.on("GET /api/v1/tokens", Answer.json(200, List.of(token)));
    assertThat(center.run("token", "list").out())
        .contains("t1", "ci", "operator@local/night", "never");
    center.on("DELETE /api/v1/tokens/t1", new Answer(204, new byte[0], Map.of()));
    assertThat(center.run("token", "revoke", "t1").out()).isEqualTo("revoked t1\n");
    assertThat(center.run("token", "create", "ci", "--grant", "viewer", "--days", "0").code())
        .isEqualTo(2);
  }
}
