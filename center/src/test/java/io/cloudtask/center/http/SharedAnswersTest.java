package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.store.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose answers are shared. Each answer says what was asked, and waits until the test goes on. */
final class SharedAnswersTest {
  private static final Map<String, Principal> PEOPLE =
      Map.of(
          "all", person("all", new Grant(Role.VIEWER, Grant.EVERYTHING)),
          "boss", person("boss", new Grant(Role.ADMIN, Grant.EVERYTHING)),
          "north", person("north", new Grant(Role.VIEWER, "north")),
          "south", person("south", new Grant(Role.VIEWER, "south")),
          "group", person("group", new Grant(Role.VIEWER, "north/night")),
          "cook", person("cook", new Grant(Role.VIEWER, "north"), new Grant(Role.ADMIN, "south")));

  private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Listener listener =
      Listener.start(
          "test",
          "127.0.0.1",
          0,
          Routes.builder()
              .add(Routes.get("/api/v1/jobs").allow(Role.readers()).scoped().share(this::answer))
              .add(Routes.get("/api/v1/runs").allow(Role.readers()).scoped().share(this::answer))
              .add(Routes.get("/api/v1/x/{ref}").allow(Role.readers()).scoped().share(this::answer))
              .add(Routes.get("/api/v1/admin").allow(Role.ADMIN).scoped().share(this::answer))
              .build(),
          new Authenticator("cluster", token -> Optional.ofNullable(PEOPLE.get(token))));

  private static Principal person(String name, Grant... grants) {
    return new Principal(name, Principal.Kind.TOKEN, Set.of(grants), false);
  }

  private Reply answer(Question question) {
    asked.add(question);
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Reply.ok(question.scope());
  }

  @AfterEach
  void close() {
    goOn.countDown();
    client.close();
    listener.close();
  }

  private CompletableFuture<HttpResponse<String>> send(String token, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  private Question asked() throws InterruptedException {
    return asked.poll(20, TimeUnit.SECONDS);
  }

  private Question question(String token, String path) throws Exception {
    CompletableFuture<?> _ = send(token, path);
    return asked();
  }

  @Test
  void who_has_other_rights_is_answered_beside_and_by_his_own() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers =
        List.of(
            send("all", "/api/v1/jobs"),
            send("north", "/api/v1/jobs"),
            send("south", "/api/v1/jobs"),
            send("group", "/api/v1/jobs"),
            send("cook", "/api/v1/jobs"));
    // None of them waits for another one.
    List<Scope> scopes =
        List.of(
            asked().scope(), asked().scope(), asked().scope(), asked().scope(), asked().scope());
    assertThat(scopes).doesNotHaveDuplicates();
    goOn.countDown();
    List<HttpResponse<String>> got = answers.stream().map(CompletableFuture::join).toList();
    assertThat(got.get(0).body()).contains("\"everything\":true");
    assertThat(got.get(1).body()).contains("\"reader\":\"north\"", "[\"north\"]");
    assertThat(got.get(2).body()).contains("\"reader\":\"south\"", "[\"south\"]");
    assertThat(got.get(3).body()).contains("\"reader\":\"group\"", "\"night\"");
    assertThat(got.get(4).body()).contains("\"reader\":\"cook\"", "south");
    assertThat(got)
        .allMatch(answer ->
            answer.statusCode() == 200
                && answer.headers().firstValue("Content-Type").orElse("").equals("application/json")
                && answer.headers().firstValue("Cache-Control").orElse("").equals("no-store"));
  }

  @Test
  void who_is_not_let_in_is_refused_while_others_are_answered() throws Exception {
    CompletableFuture<HttpResponse<String>> boss = send("boss", "/api/v1/admin");
    assertThat(asked().scope()).isEqualTo(Scope.EVERYTHING);
    assertThat(send("all", "/api/v1/admin").join().statusCode()).isEqualTo(403);
    assertThat(send("stranger", "/api/v1/admin").join().statusCode()).isEqualTo(401);
    goOn.countDown();
    assertThat(boss.join().statusCode()).isEqualTo(200);
  }

  @Test
  void who_may_see_the_same_asks_the_same_question() throws Exception {
    goOn.countDown();
    assertThat(question("all", "/api/v1/jobs?limit=5&text=a"))
        .isEqualTo(question("boss", "/api/v1/jobs?text=a&limit=5"));
  }

  @Test
  void another_query_or_path_is_another_question() throws Exception {
    goOn.countDown();
    assertThat(question("all", "/api/v1/jobs?limit=5"))
        .isNotEqualTo(question("all", "/api/v1/jobs?limit=6"))
        .isNotEqualTo(question("all", "/api/v1/jobs"));
    assertThat(question("all", "/api/v1/x/a")).isNotEqualTo(question("all", "/api/v1/x/b"));
  }

  @Test
  void the_same_right_to_do_and_another_to_look_is_another_question() throws Exception {
    goOn.countDown();
    Question cook = question("cook", "/api/v1/admin");
    assertThat(cook.scope().covers("south", "any")).isTrue();
    assertThat(cook.scope().covers("north", "any")).isFalse();
    assertThat(cook.sight().covers("north", "any")).isTrue();
    assertThat(cook)
        .isNotEqualTo(new Question(cook.places(), cook.query(), cook.scope(), cook.scope()));
  }

  @Test
  void two_routes_are_never_answered_together() throws Exception {
    CompletableFuture<HttpResponse<String>> jobs = send("all", "/api/v1/jobs");
    Question first = asked();
    CompletableFuture<HttpResponse<String>> runs = send("all", "/api/v1/runs");
    assertThat(asked()).isEqualTo(first); // and still by itself, although the first goes on
    goOn.countDown();
    assertThat(jobs.join().statusCode()).isEqualTo(200);
    assertThat(runs.join().statusCode()).isEqualTo(200);
  }
}
