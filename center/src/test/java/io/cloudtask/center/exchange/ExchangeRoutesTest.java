package io.cloudtask.center.exchange;

import static io.cloudtask.center.exchange.TestCenter.CLUSTER;
import static io.cloudtask.center.exchange.TestCenter.JOB;
import static io.cloudtask.center.exchange.TestCenter.KEY;
import static io.cloudtask.center.exchange.TestCenter.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Member;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangeRoutesTest {
  private static final String AGENT = "/cloudtask/v2/agents/" + KEY;
  private static final Instant FIRE = NOW.plusSeconds(60);
  private static final String RUN = Ids.scheduledRunId(JOB, FIRE, 0);
  private static final String ADDRESS = "http://127.0.0.1:8600";

  @TempDir Path dir;
  private TestCenter center;

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
  }

  @AfterEach
  void stop() {
    center.close();
  }

  private HttpResponse<byte[]> hello(String incarnation, long sequence) throws Exception {
    return center.json(
        "POST", AGENT + "/hello", CLUSTER, TestCenter.hello(incarnation, sequence, ADDRESS));
  }

  private static ReportBatch batch(byte[] output) {
    return new ReportBatch(
        "one",
        List.of(
            new Report(3, new Fact.Took(JOB, 1, 1, NOW, "UTC")),
            new Report(
                5, new Fact.Granted(JOB, RUN, 1, FIRE, FIRE, 0, Trigger.SCHEDULE, false, NOW)),
            new Report(6, new Fact.Started(JOB, RUN, FIRE, 42)),
            new Report(
                9, new Fact.Ended(JOB, RUN, RunState.SUCCEEDED, 0, null, FIRE.plusSeconds(1), ""))),
        List.of(new RunOutput(RUN, "stdout", output.length, 0, 0, output)));
  }

  @Test
  void an_agent_is_welcomed_and_remembered() throws Exception {
    HttpResponse<byte[]> response = hello("one", 0);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Json.MAPPER.readValue(response.body(), Welcome.class).applied()).isZero();
    assertThat(center.agent())
        .hasValueSatisfying(agent -> {
          assertThat(agent.capacity()).isEqualTo(255);
          assertThat(agent.online()).isTrue();
        });
    assertThat(center.events).contains("greeted " + KEY);
  }

  @Test
  void a_journal_older_than_what_was_applied_is_refused() throws Exception {
    center.assignJobTo(ADDRESS);
    hello("one", 0);
    center.json("POST", AGENT + "/reports", CLUSTER, batch(new byte[0]));

    HttpResponse<byte[]> response = hello("two", 8);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(TestCenter.tree(response).at("/error/code").asString()).isEqualTo("journal-older");
  }

  @Test
  void an_unknown_runtime_is_named() throws Exception {
    var node = Samples.node(ADDRESS);
    String text =
        Json.MAPPER
            .writeValueAsString(TestCenter.hello("one", 0, ADDRESS))
            .replace("\"" + node.location() + "\"", "\"nowhere\"");

    HttpResponse<byte[]> response = center.json("POST", AGENT + "/hello", CLUSTER, text);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(TestCenter.tree(response).at("/error/code").asString()).isEqualTo("unknown-runtime");
    assertThat(TestCenter.tree(response).at("/error/message").asString()).contains("nowhere");
  }

  @Test
  void a_host_that_is_not_listed_is_named_and_gets_in_once_it_is() throws Exception {
    listed("elsewhere");

    HttpResponse<byte[]> response = hello("one", 0);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(TestCenter.tree(response).at("/error/code").asString()).isEqualTo("host-not-listed");
    assertThat(TestCenter.tree(response).at("/error/message").asString())
        .contains("myCluster", "127.0.0.1", "add it there");
    assertThat(center.agent()).isEmpty();

    listed("127.0.0.1");
    assertThat(hello("one", 0).statusCode()).isEqualTo(200);
  }

  private void listed(String host) {
    center.store.execute(tx -> tx.runtimes().change("myCluster", "", List.of(host), Duration.ZERO));
  }

  @Test
  void a_second_process_with_a_living_key_is_refused() throws Exception {
    hello("one", 0);
    var other = Samples.node("http://127.0.0.1:9999");
    center
        .coordination
        .open()
        .join(
            new Member(
                KEY,
                new Node(
                    other.type(),
                    "elsewhere",
                    "",
                    "myCluster",
                    "linux",
                    "amd64",
                    "127.0.0.2",
                    other.apiaddr(),
                    8,
                    true,
                    2,
                    1,
                    null)));
    await().until(() -> center.presence.members().nodes().containsKey(KEY));

    HttpResponse<byte[]> response = hello("two", 0);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(TestCenter.tree(response).at("/error/code").asString())
        .isEqualTo("other-incarnation");
  }

  @Test
  void the_job_set_comes_once_per_revision_and_asking_again_acknowledges_it() throws Exception {
    center.assignJobTo(ADDRESS);
    HttpResponse<byte[]> first = center.get(AGENT + "/jobs", CLUSTER);
    JobSet set = Json.MAPPER.readValue(first.body(), JobSet.class);
    String etag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> second = center.get(AGENT + "/jobs", CLUSTER, "If-None-Match", etag);

    assertThat(set.jobs()).singleElement().satisfies(j -> assertThat(j.jobid()).isEqualTo(JOB));
    assertThat(etag).isEqualTo("\"" + set.revision() + '"');
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(center.agent().orElseThrow().acknowledged()).isEqualTo(set.revision());
  }

  @Test
  void an_agent_that_never_said_hello_gets_no_set() throws Exception {
    assertThat(center.get(AGENT + "/jobs", CLUSTER).statusCode()).isEqualTo(404);
    assertThat(center.json("POST", AGENT + "/reports", CLUSTER, batch(new byte[0])).statusCode())
        .isEqualTo(404);
  }

  @Test
  void reports_are_applied_once_and_acknowledged() throws Exception {
    center.assignJobTo(ADDRESS);
    byte[] output = "hello\n".getBytes(StandardCharsets.UTF_8);

    HttpResponse<byte[]> first = center.json("POST", AGENT + "/reports", CLUSTER, batch(output));
    HttpResponse<byte[]> again = center.json("POST", AGENT + "/reports", CLUSTER, batch(output));

    assertThat(Json.MAPPER.readValue(first.body(), ReportAck.class)).isEqualTo(new ReportAck(9));
    assertThat(Json.MAPPER.readValue(again.body(), ReportAck.class)).isEqualTo(new ReportAck(9));
    RunView run = center.store.read(tx -> tx.runs().find(RUN)).orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(center.output(RUN, "stdout"))
        .hasValueSatisfying(part -> assertThat(part.data()).isEqualTo(output));
    assertThat(center.events).containsOnlyOnce("reported [" + JOB + ']');
  }

  @Test
  void zipped_reports_are_read_and_bombs_are_not() throws Exception {
    center.assignJobTo(ADDRESS);
    byte[] zipped = gzip(Json.MAPPER.writeValueAsBytes(batch(new byte[0])));
    HttpResponse<byte[]> response =
        center.send(
            "POST",
            AGENT + "/reports",
            CLUSTER,
            BodyPublishers.ofByteArray(zipped),
            "Content-Encoding",
            "gzip");
    assertThat(response.statusCode()).isEqualTo(200);

    byte[] bomb = gzip(new byte[100 * 1024 * 1024]);
    HttpResponse<byte[]> refused =
        center.send(
            "POST",
            AGENT + "/reports",
            CLUSTER,
            BodyPublishers.ofByteArray(bomb),
            "Content-Encoding",
            "gzip");

    assertThat(bomb.length).isLessThan(200_000);
    assertThat(refused.statusCode()).isEqualTo(413);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"incarnation\":\"one\",\"reports\":null,\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[null],\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[{\"sequence\":1,\"fact\":null}],\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[{\"sequence\":1,\"fact\":{\"fact\":\"x\"}}],"
            + "\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[{\"sequence\":1,\"fact\":{\"fact\":\"started\"}}],"
            + "\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[{\"sequence\":1,\"fact\":{\"fact\":\"started\","
            + "\"jobid\":\"../../../../../../etc/pw\",\"runid\":\"x\"}}],\"outputs\":[]}",
        "{\"incarnation\":\"one\",\"reports\":[],\"outputs\":[{\"runid\":\"x\"}]}",
        "{\"incarnation\":\"one\",\"reports\":[],\"outputs\":[]} and more"
      })
  void a_malformed_batch_is_refused_before_the_store_sees_it(String body) throws Exception {
    center.assignJobTo(ADDRESS);

    HttpResponse<byte[]> response = center.json("POST", AGENT + "/reports", CLUSTER, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestCenter.tree(response).at("/content").asString())
        .isEqualTo("request resolve invaild.");
    assertThat(TestCenter.tree(response).at("/error/message").asString()).isNotEmpty();
  }

  @Test
  void a_sequence_that_goes_back_is_refused() throws Exception {
    center.assignJobTo(ADDRESS);
    var fault = new Fact.Fault(JOB, 1, "");

    HttpResponse<byte[]> response =
        center.json(
            "POST",
            AGENT + "/reports",
            CLUSTER,
            new ReportBatch("one", List.of(new Report(2, fault), new Report(2, fault)), List.of()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestCenter.tree(response).at("/error/field").asString())
        .isEqualTo("reports[1].sequence");
  }

  @Test
  void a_big_output_is_uploaded_on_its_own_and_replaced_by_a_repetition() throws Exception {
    center.assignJobTo(ADDRESS);
    byte[] kept = "x".repeat(700_000).getBytes(StandardCharsets.UTF_8);
    String path = AGENT + "/runs/" + RUN + "/output/stderr?size=900000&cutfrom=100000&cutto=300000";

    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> response =
          center.send("PUT", path, CLUSTER, BodyPublishers.ofByteArray(kept));
      assertThat(response.statusCode()).isEqualTo(204);
    }

    assertThat(center.outputs(RUN))
        .singleElement()
        .satisfies(row -> assertThat(row.kept()).isEqualTo(700_000));
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'?size=4', 400",
    "'', 400",
    "'?size=-1', 400",
    "'?size=5&cutfrom=0&cutto=6', 400",
    "'?size=99999999999999999999', 400",
    "'?size=5&cutfrom=9&cutto=0', 400",
    "'?size=5', 204"
  })
  void an_output_must_have_the_size_that_it_says(String query, int status) throws Exception {
    center.assignJobTo(ADDRESS);

    HttpResponse<byte[]> response =
        center.send(
            "PUT",
            AGENT + "/runs/" + RUN + "/output/stdout" + query,
            CLUSTER,
            BodyPublishers.ofString("12345"));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(leftovers()).isEmpty();
  }

  private List<Path> leftovers() throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(f -> f.toString().endsWith(".part")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TestCenter.ADMIN, "wrong"})
  void only_the_cluster_token_opens_the_exchange(String token) throws Exception {
    center.assignJobTo(ADDRESS);

    assertThat(center.get(AGENT + "/jobs", token).statusCode()).isIn(401, 403);
    assertThat(
            center
                .json("POST", AGENT + "/hello", token, TestCenter.hello("x", 0, ADDRESS))
                .statusCode())
        .isIn(401, 403);
  }
}
