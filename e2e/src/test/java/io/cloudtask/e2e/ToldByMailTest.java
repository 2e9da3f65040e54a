package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.RunView;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people hear of a real job, over a mail server. */
@Timeout(180)
class ToldByMailTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RULE =
      """
      {"name": "on call", "kinds": ["failed", "recovered"], "channel": "mail",
       "targets": ["ann@example.org"]}\
      """;

  private static final String BREAKS =
      """
      jobs:
        - name: backup
          command: echo begun; echo the disk is full >&2; exit 3
      """;

  @TempDir Path dir;
  private final GreenMail mails =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    mails.start();
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  private Path notifications() throws Exception {
    String text =
        """
        notifications:
          endpoints:
            - name: smtp
              host: 127.0.0.1
              port: %d
              sender: cloudtask@example.org
        """
            .formatted(mails.getSmtp().getPort());
    return Files.writeString(dir.resolve("notifications.yaml"), text);
  }

  private MimeMessage mail(int number) {
    await().atMost(SOON).until(() -> mails.getReceivedMessages().length >= number);
    return mails.getReceivedMessages()[number - 1];
  }

  private static boolean hasTakenWhatIsPlanned(Api api) {
    JsonNode agent = Json.MAPPER.readTree(api.get("/api/v1/agents")).get(0);
    return agent.get("acknowledged").asLong() == agent.get("revision").asLong();
  }

  @Test
  void a_job_that_breaks_is_told_by_mail_with_the_end_of_its_output_and_a_link() throws Exception {
    try (StandaloneProcess standalone =
        StandaloneProcess.start(
            dir.resolve("data"), "--notifications", notifications().toString())) {
      Api api = standalone.api();
      assertThat(api.send("POST", "/api/v1/notifications/rules", RULE).statusCode()).isEqualTo(201);
      api.apply(BREAKS);
      await().atMost(SOON).until(() -> api.job("backup").agent() != null);
      api.post("/api/v1/jobs/backup/start");

      MimeMessage failed = mail(1);
      RunView run = api.runs("backup").getFirst();
      String page = standalone.console().resolve("/runs/" + run.runid()).toString();
      assertThat(failed.getSubject())
          .isEqualTo("[Cloudtask] local/default/backup failed: exit code 3");
      assertThat((String) failed.getContent())
          .contains("run:  " + run.runid(), "the disk is full", "see:  " + page, "\"on call\"");

      api.apply(BREAKS.replace("exit 3", "exit 0"));
      await().atMost(SOON).until(() -> hasTakenWhatIsPlanned(api));
      api.post("/api/v1/jobs/backup/start");
      assertThat(mail(2).getSubject()).isEqualTo("[Cloudtask] local/default/backup works again");
    }
  }
}
