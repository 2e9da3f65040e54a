package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.JobView;
import io.cloudtask.store.JobQuery;
import io.cloudtask.store.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret variable from the job file to the agent, and everywhere else where it must not be. */
final class SecretsApiTest {
  private static final String FILE =
      """
      runtime: local
      jobs:
      - name: a
        command: 'true'
        env: {PLAIN: seen, KEY: {value: very-hidden, secret: true}}
      """;

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

  @Test
  void the_agent_gets_it_and_nobody_else_does() throws Exception {
    String plan = center.post("/api/v1/apply?dryrun=true", FILE).text();
    String jobid = center.made(FILE);
    try (FakeAgent agent = center.holding()) {
      assertThat(agent.hello().jobs().getFirst().definition().env())
          .containsExactly("PLAIN=seen", "KEY=very-hidden");
    }
    center.post("/api/v1/jobs/a/disable", "");
    String next = FILE.replace("very-hidden", "also-hidden");
    List<String> answers =
        List.of(
            plan,
            center.post("/api/v1/apply?dryrun=true", next).text(),
            center.apply(next).text(),
            center.get("/api/v1/jobs").text(),
            center.get("/api/v1/jobs/a").text(),
            center.get("/api/v1/jobs/a/export").text(),
            center.get("/api/v1/export").text(),
            center.get("/api/v1/jobs/a/versions").text(),
            center.get("/api/v1/jobs/a/versions/1").text(),
            center.get("/api/v1/audit").text(),
            center.get("/api/v1/overview").text(),
            base(jobid, RunningCenter.ADMIN));
    assertThat(answers).noneMatch(text -> text.contains("-hidden") || text.contains("cloudtask-"));
    assertThat(center.job("a").definition().env()).containsExactly("PLAIN=seen", "KEY=(secret)");
    assertThat(base(jobid, RunningCenter.CLUSTER)).contains("KEY=also-hidden");
    assertThat(stored()).noneMatch(text -> text.contains("-hidden"));
  }

  private String base(String jobid, String token) throws Exception {
    String url =
        "http://127.0.0.1:" + center.center.centerPort() + "/cloudtask/v2/jobs/" + jobid + "/base";
    return center.send(center.request(url, token).GET()).text();
  }

  /** The files of the store, byte by byte. */
  private List<String> stored() throws Exception {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> {
            try {
              return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          })
          .toList();
    }
  }

  @Test
  void a_form_that_comes_back_as_it_was_read_keeps_it() throws Exception {
    center.applied(FILE);
    String form =
        """
        {"runtime":"local","group":"default","name":"a","command":"false",
         "env":["PLAIN=seen","KEY=(secret)"]}
        """;
    var answer =
        center.send(
            center
                .request(center.consoleUrl("/api/v1/jobs/a"), RunningCenter.ADMIN)
                .header("If-Match", "\"1\"")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(form)));
    assertThat(answer.as(JobView.class).version()).isEqualTo(2);
    assertThat(sealed()).isEqualTo(sealedAt(1));
    assertThat(center.post("/api/v1/jobs/a/clone", "{\"name\":\"b\"}").text())
        .contains("KEY=(secret)");
  }

  private String sealed() {
    return center.store.read(tx ->
        tx.jobs()
            .list(new JobQuery(Scope.EVERYTHING, null, null, "a", 1, null))
            .items()
            .getFirst()
            .definition()
            .env()
            .getLast());
  }

  private String sealedAt(long version) {
    return center.store.read(tx -> {
      String jobid = tx.jobs().named(Scope.EVERYTHING, "a").getFirst().jobid();
      return tx.jobs().version(jobid, version).orElseThrow().definition().env().getLast();
    });
  }

  @Test
  void who_only_tries_a_form_out_does_not_learn_whether_a_guess_is_right() throws Exception {
    center.applied(FILE);
    for (String guess : List.of("very-hidden", "wrong")) {
      String form =
          """
          {"runtime":"local","group":"default","name":"a","command":"true",
           "env":{"PLAIN":"seen","KEY":{"value":"%s","secret":true}}}
          """
              .formatted(guess);
      String answer = center.post("/api/v1/jobs/check?job=a", form).text();
      assertThat(answer).contains("(another secret)").doesNotContain(guess);
    }
  }
}
