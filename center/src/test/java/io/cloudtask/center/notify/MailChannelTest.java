package io.cloudtask.center.notify;

import static io.cloudtask.center.notify.Samples.NOW;
import static io.cloudtask.center.notify.Samples.failed;
import static io.cloudtask.center.notify.Samples.letter;
import static io.cloudtask.center.notify.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.cloudtask.center.notify.Channel.Outcome;
import io.cloudtask.center.notify.NotifySettings.Mail;
import io.cloudtask.center.notify.NotifySettings.Security;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailChannelTest {
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Channel channel(Security security) {
    int port = server.getSmtp().getPort();
    return new MailChannel(
        new Mail("127.0.0.1", port, "", "", "cloudtask@example.org", security, null), CLOCK);
  }

  @Test
  void a_letter_is_one_mail_to_all() throws Exception {
    Outcome outcome =
        channel(Security.AUTO)
            .send(
                letter(
                    mail("ann@example.org", "bob@example.org"), failed(NOW, "Größe 3\r\nBcc: x")));
    assertThat(outcome).isEqualTo(new Outcome.Sent());

    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .isEqualTo("[Cloudtask] local/nightly/backup failed: Größe 3 Bcc: x");
    assertThat(mail.getAllRecipients()).hasSize(2);
    assertThat(mail.getFrom()[0]).hasToString("cloudtask@example.org");
    assertThat(mail.getMessageID()).isEqualTo("<letter-1@cloudtask>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat((String) mail.getContent())
        .contains("host: alpha", "disk <full>", "http://console/runs/run-1", "rule \"on call\"");
  }

  @Test
  void a_server_that_has_no_tls_gets_no_mail_that_needs_it() {
    assertThat(channel(Security.STARTTLS).send(letter(mail("ann@example.org"), failed(NOW, ""))))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void without_a_server_it_waits_and_says_what_to_do() {
    Channel channel = channel(Security.NONE);
    server.stop();
    assertThat(channel.send(letter(mail("ann@example.org"), failed(NOW, ""))))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(new MailChannel(null, CLOCK).send(letter(mail("ann@example.org"), failed(NOW, ""))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.why()).contains("notifications"));
  }
}
