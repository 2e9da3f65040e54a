package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.RuleView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.store.RuleRow;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class NotificationApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String RULES = "/api/v1/notifications/rules";
  private static final String MAIL_RULE =
      """
      {"name": "on call", "runtime": "local", "kinds": ["failed", "recovered"], "channel": "mail",
       "targets": ["ann@example.org"]}
      """;

  private static final byte[] PRINTED = "disk full\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path dir;
  private final GreenMail mails =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private HttpServer hooks;
  private RunningCenter center;

  @BeforeEach
  void start() throws Exception {
    mails.start();
    hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hooks.createContext(
        "/",
        exchange -> {
          signatures.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("X-Cloudtask-Signature")));
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hooks.start();
    center = RunningCenter.telling(dir, settings(List.of()));
  }

  private NotifySettings settings(List<String> webhooks) {
    return new NotifySettings(
        new NotifySettings.Mail(
            "127.0.0.1",
            mails.getSmtp().getPort(),
            "",
            "",
            "cloudtask@example.org",
            NotifySettings.Security.AUTO,
            null),
        true,
        webhooks);
  }

  @AfterEach
  void close() {
    center.close();
    hooks.stop(0);
    mails.stop();
  }

  private String hook() {
    return "http://127.0.0.1:" + hooks.getAddress().getPort() + "/";
  }

  private RuleView made(String rule) throws Exception {
    RunningCenter.Answer answer = center.post(RULES, rule);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.as(RuleView.class);
  }

  private static void run(FakeAgent agent, String jobid, int minute, RunState state)
      throws Exception {
    Instant due = RunningCenter.NOW.plusSeconds(60L * minute);
    String run = Ids.scheduledRunId(jobid, due, 1);
    agent.report(
        List.of(new RunOutput(run, RunOutput.STDERR, PRINTED.length, 0, 0, PRINTED)),
        new Fact.Granted(jobid, run, 1, due, due, 1, Trigger.SCHEDULE, false, due.minusSeconds(60)),
        new Fact.Started(jobid, run, due.plusMillis(3), 7),
        new Fact.Ended(
            jobid,
            run,
            state,
            state == RunState.SUCCEEDED ? 0 : 3,
            null,
            due.plusSeconds(2),
            state == RunState.SUCCEEDED ? "" : "exit code 3"));
  }

  private JsonNode notices() throws Exception {
    return center.get("/api/v1/notifications").json().get("items");
  }

  private List<String> states() throws Exception {
    return notices()
        .valueStream()
        .map(notice ->
            notice.get("kind").asString()
                + " "
                + notice.get("state").asString()
                + " "
                + notice.get("times").asInt())
        .toList();
  }

  @Test
  void people_are_told_that_a_job_fails_once_and_that_it_works_again() throws Exception {
    made(MAIL_RULE);
    String jobid = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    try (FakeAgent agent = center.holding()) {
      agent.report(new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"));
      run(agent, jobid, 1, RunState.FAILED);
      await().atMost(SOON).until(() -> mails.getReceivedMessages().length == 1);
      run(agent, jobid, 2, RunState.FAILED);
      run(agent, jobid, 3, RunState.FAILED);
      run(agent, jobid, 4, RunState.SUCCEEDED);
      await().atMost(SOON).until(() -> mails.getReceivedMessages().length == 2);
    }
    MimeMessage failed = mails.getReceivedMessages()[0];
    assertThat(failed.getSubject()).isEqualTo("[Cloudtask] local/default/a failed: exit code 3");
    assertThat((String) failed.getContent())
        .contains("disk full")
        .contains("/runs/" + Ids.scheduledRunId(jobid, RunningCenter.NOW.plusSeconds(60), 1));
    assertThat(mails.getReceivedMessages()[1].getSubject())
        .isEqualTo("[Cloudtask] local/default/a works again");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(states())
                .containsExactly("recovered sent 1", "failed waiting 2", "failed sent 1"));
  }

  @Test
  void the_list_names_the_job_that_missed_an_instant_and_the_host_that_was_to_run_it()
      throws Exception {
    made(MAIL_RULE.replace("\"recovered\"", "\"missed\""));
    String jobid = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    try (FakeAgent agent = center.holding()) {
      Instant due = RunningCenter.NOW.plusSeconds(60);
      agent.report(
          new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"),
          new Fact.Gap(jobid, 1, due, due, 1, GapReason.AGENT_DOWN, RunningCenter.NOW));
      await().atMost(SOON).until(() -> mails.getReceivedMessages().length == 1);
    }
    JsonNode notice = notices().get(0);
    assertThat(notice.get("kind").asString()).isEqualTo("missed");
    assertThat(notice.get("jobid").asString()).isEqualTo(jobid);
    assertThat(notice.get("job").asString()).isEqualTo("local/default/a");
    assertThat(notice.get("host").asString()).isNotEmpty();
    center.delete("/api/v1/jobs/" + jobid);
    assertThat(notices().get(0).get("job").asString()).as("when it is gone").isEmpty();
  }

  @Test
  void what_can_not_be_sent_is_shown_with_the_reason_and_sent_later() throws Exception {
    int port = mails.getSmtp().getPort();
    mails.stop();
    made(MAIL_RULE);
    String jobid = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    try (FakeAgent agent = center.holding()) {
      agent.report(new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"));
      run(agent, jobid, 1, RunState.FAILED);
    }
    await()
        .atMost(SOON)
        .until(() ->
            notices()
                .valueStream()
                .anyMatch(n -> n.get("error").asString().contains("mail server")));
    assertThat(notices().get(0).get("attempts").asInt()).isEqualTo(1);
    assertThat(notices().get(0).get("state").asString()).isEqualTo("waiting");
    for (int quarter = 1; quarter <= 4; quarter++) {
      int tried = notices().get(0).get("attempts").asInt();
      center.clock.advance(Duration.ofMinutes(15));
      await()
          .atMost(SOON)
          .until(() -> {
            JsonNode notice = notices().get(0);
            return notice.get("attempts").asInt() > tried
                && !notice.get("error").asString().isEmpty();
          });
    }
    assertThat(states()).as("after an hour").containsExactly("failed waiting 1");

    GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    back.start();
    try {
      center.clock.advance(Duration.ofMinutes(15));
      await().atMost(SOON).until(() -> back.getReceivedMessages().length == 1);
    } finally {
      back.stop();
    }
  }

  @Test
  void a_rule_is_made_shown_changed_tested_and_removed_and_its_secret_stays_inside()
      throws Exception {
    RuleView rule =
        made(
            """
            {"name": "hook", "kinds": ["late"], "channel": "webhook", "targets": ["%s"],
             "secret": "0123456789abcdef"}
            """
                .formatted(hook()));
    assertThat(rule.signed()).isTrue();
    assertThat(center.get(RULES).text()).doesNotContain("0123456789abcdef");
    assertThat(kept(rule)).startsWith("{cloudtask-secret:1}").doesNotContain("0123456789abcdef");
    assertThat(
            center.post(RULES + "/" + rule.ruleid() + "/test", "").json().get("sent").asBoolean())
        .isTrue();
    assertThat(posted).singleElement().asString().contains("only a test");
    assertThat(signature(posted.getFirst(), "0123456789abcdef")).isEqualTo(signatures.getFirst());

    String change =
        """
        {"name": "hook", "kinds": ["late", "missed"], "channel": "webhook", "targets": ["%s"],
         "enabled": false}
        """
            .formatted(hook());
    RuleView changed = center.put(RULES + "/" + rule.ruleid(), change).as(RuleView.class);
    assertThat(changed.kinds()).containsExactly("late", "missed");
    assertThat(changed.signed()).isTrue();
    assertThat(changed.enabled()).isFalse();
    center.post(RULES + "/" + rule.ruleid() + "/test", "");
    assertThat(signature(posted.getLast(), "0123456789abcdef")).isEqualTo(signatures.getLast());
    assertThat(audited()).doesNotContain("0123456789abcdef");

    assertThat(center.delete(RULES + "/" + rule.ruleid()).status()).isEqualTo(204);
    assertThat(center.delete(RULES + "/" + rule.ruleid()).status()).isEqualTo(404);
    assertThat(center.get(RULES).json().size()).isZero();
  }

  private String kept(RuleView rule) {
    return center.store.<String>read(
        tx -> tx.notifications().rule(rule.ruleid()).orElseThrow().way().secret());
  }

  private String audited() throws Exception {
    return center.get("/api/v1/audit?limit=100").text();
  }

  /** As a service that knows the secret computes it. */
  private static String signature(String body, String secret) throws GeneralSecurityException {
    long seconds = RunningCenter.NOW.getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
  }

  @Test
  void a_secret_that_an_earlier_version_kept_as_it_was_is_sealed_and_still_signs()
      throws Exception {
    RuleView rule =
        made(
            """
            {"name": "hook", "kinds": ["late"], "channel": "webhook", "targets": ["%s"],
             "secret": "another secret of that length"}
            """
                .formatted(hook()));
    center.store.execute(tx -> {
      RuleRow row = tx.notifications().rule(rule.ruleid()).orElseThrow();
      tx.notifications().save(row.with(row.way().with("0123456789abcdef")));
    });
    center.close();
    center = RunningCenter.telling(dir, settings(List.of()));
    assertThat(kept(rule)).startsWith("{cloudtask-secret:1}");
    center.post(RULES + "/" + rule.ruleid() + "/test", "");
    assertThat(signature(posted.getFirst(), "0123456789abcdef")).isEqualTo(signatures.getFirst());
  }

  @Test
  void a_secret_that_was_sealed_for_another_rule_signs_nothing() throws Exception {
    String text =
        """
        {"name": "%s", "kinds": ["late"], "channel": "webhook", "targets": ["%s"],
         "secret": "0123456789abcdef"}
        """;
    RuleView one = made(text.formatted("one", hook()));
    RuleView other = made(text.formatted("other", hook()));
    String sealed = kept(other);
    center.store.execute(tx -> {
      RuleRow row = tx.notifications().rule(one.ruleid()).orElseThrow();
      tx.notifications().save(row.with(row.way().with(sealed)));
    });
    JsonNode answer = center.post(RULES + "/" + one.ruleid() + "/test", "").json();
    assertThat(answer.get("sent").asBoolean()).isFalse();
    assertThat(answer.get("error").asString()).contains("can't be opened");
    assertThat(posted).isEmpty();
    assertThat(
            center
                .post(RULES, text.formatted("third", hook()).replace("0123456789abcdef", sealed))
                .as(Problem.class)
                .errors())
        .extracting(Problem.FieldError::path)
        .containsExactly("secret");
  }

  @Test
  void a_rule_that_can_not_be_is_refused_with_every_field_to_mend() throws Exception {
    RunningCenter.Answer answer =
        center.post(
            RULES,
            """
            {"name": "", "kinds": ["bang"], "channel": "mail", "targets": ["nobody"]}
            """);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.as(Problem.class).errors())
        .extracting(Problem.FieldError::path)
        .containsExactly("name", "kinds[0]", "targets[0]");
    assertThat(center.post(RULES, MAIL_RULE.replace("\"runtime\"", "\"jobid\"")).status())
        .isEqualTo(400);
  }

  @Test
  void what_is_absent_or_null_in_a_rule_is_named_and_no_fault() throws Exception {
    for (String rule :
        List.of("{}", "{\"name\": null, \"kinds\": null, \"channel\": null, \"targets\": null}")) {
      assertThat(center.post(RULES, rule).as(Problem.class).errors())
          .extracting(Problem.FieldError::path)
          .containsExactly("name", "kinds", "channel");
    }
    String nulls =
        """
        {"name": "n", "kinds": [null], "channel": "%s", "targets": [null]}
        """;
    for (String channel : List.of("mail", "webhook")) {
      assertThat(center.post(RULES, nulls.formatted(channel)).as(Problem.class).errors())
          .extracting(Problem.FieldError::path)
          .containsExactly("kinds[0]", "targets[0]");
    }
  }

  @Test
  void what_the_configuration_names_is_told_everything_and_can_not_be_changed_here()
      throws Exception {
    center.close();
    center = RunningCenter.telling(dir, settings(List.of(hook())));
    RuleView rule = Json.MAPPER.readValue(center.get(RULES).text(), RuleView[].class)[0];
    assertThat(rule.managed()).isTrue();
    assertThat(center.put(RULES + "/" + rule.ruleid(), MAIL_RULE).status()).isEqualTo(409);
    String jobid = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    try (FakeAgent agent = center.holding()) {
      agent.report(new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"));
      run(agent, jobid, 1, RunState.SUCCEEDED);
    }
    await()
        .atMost(SOON)
        .until(() -> posted.stream().anyMatch(body -> body.contains("\"kind\":\"succeeded\"")));
  }

  @Test
  void that_an_agent_is_lost_reaches_the_hook_of_the_configuration() throws Exception {
    center.close();
    center = RunningCenter.telling(dir, settings(List.of(hook())));
    center.made("jobs: [{name: a, command: b}]");
    try (FakeAgent agent = center.holding()) {
      agent.leave();
      await()
          .atMost(SOON)
          .until(() ->
              posted.stream()
                  .anyMatch(body ->
                      body.contains("\"kind\":\"agent-lost\"") && body.contains(FakeAgent.KEY)));
    }
  }
}
