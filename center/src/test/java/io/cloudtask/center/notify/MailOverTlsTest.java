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
import io.cloudtask.settings.Certificates;
import io.cloudtask.settings.Tls;
import io.cloudtask.settings.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail to servers that really speak TLS. */
class MailOverTlsTest {
  private static final Letter LETTER = letter(mail("ann@example.org"), failed(NOW, "exit code 3"));

  @TempDir static Path dir;

  @BeforeAll
  static void certificates() throws Exception {
    Certificates.make(dir, "mail");
    Certificates.make(dir, "other");
  }

  private static SSLContext tls() throws Exception {
    return Tls.open(new TlsFiles(dir.resolve("mail.crt"), dir.resolve("mail.key"), null))
        .server()
        .orElseThrow();
  }

  private static Outcome send(Mail server) {
    return new MailChannel(server, Clock.fixed(NOW, ZoneOffset.UTC)).send(LETTER);
  }

  private static Mail server(int port, Security security, @Nullable String authority) {
    return server("127.0.0.1", port, MailHost.PASSWORD, security, authority);
  }

  private static Mail server(
      String host, int port, String password, Security security, @Nullable String authority) {
    Path file = authority == null ? null : dir.resolve(authority);
    return new Mail(host, port, MailHost.USER, password, "jobs@example.org", security, file);
  }

  private static String why(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).why();
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "AUTO"})
  void after_starttls_all_is_said_over_tls(Security security) throws Exception {
    try (MailHost host = new MailHost(tls(), false)) {
      assertThat(send(server(host.port(), security, "mail.crt"))).isEqualTo(new Outcome.Sent());
      List<String> plain =
          host.heard().stream().filter(line -> line.startsWith("plain: ")).toList();
      assertThat(plain).hasSize(2).last().isEqualTo("plain: STARTTLS");
      assertThat(host.heard())
          .anyMatch(line -> line.startsWith("tls: AUTH PLAIN "))
          .contains("tls: Subject: [Cloudtask] local/nightly/backup failed: exit code 3");
    }
  }

  @Test
  void with_tls_from_the_first_byte_nothing_is_said_in_the_open() throws Exception {
    try (MailHost host = new MailHost(tls(), true)) {
      assertThat(send(server(host.port(), Security.TLS, "mail.crt"))).isEqualTo(new Outcome.Sent());
      assertThat(host.heard())
          .allMatch(line -> line.startsWith("tls: "))
          .contains("tls: Subject: [Cloudtask] local/nightly/backup failed: exit code 3");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "AUTO", "TLS"})
  void a_server_that_nobody_vouches_for_gets_no_password_and_is_named(Security security)
      throws Exception {
    for (String authority : new @Nullable String[] {null, "other.crt"}) {
      try (MailHost host = new MailHost(tls(), security == Security.TLS)) {
        assertThat(why(send(server(host.port(), security, authority))))
            .contains("the certificate of the mail server 127.0.0.1 is not trusted", "cafile");
        assertThat(host.heard()).noneMatch(line -> line.contains("AUTH"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "TLS"})
  void a_server_that_is_called_by_another_name_than_its_own_is_not_trusted(Security security)
      throws Exception {
    try (MailHost host = new MailHost("127.0.0.2", tls(), security == Security.TLS)) {
      Mail other = server("127.0.0.2", host.port(), MailHost.PASSWORD, security, "mail.crt");
      assertThat(why(send(other))).contains("the mail server 127.0.0.2 is not trusted");
      assertThat(host.heard()).noneMatch(line -> line.contains("AUTH"));
    }
  }

  @Test
  void a_server_without_starttls_hears_no_password_when_that_is_asked_for() {
    GreenMail plain = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    plain.setUser(MailHost.USER, "another password");
    plain.start();
    try {
      // One that was tried would be refused as wrong.
      assertThat(why(send(server(plain.getSmtp().getPort(), Security.STARTTLS, null))))
          .contains("STARTTLS")
          .doesNotContain("password");
      assertThat(plain.getReceivedMessages()).isEmpty();
    } finally {
      plain.stop();
    }
  }

  @Test
  void a_wrong_password_is_called_so_and_not_repeated() throws Exception {
    try (MailHost host = new MailHost(tls(), true)) {
      Mail wrong = server("127.0.0.1", host.port(), "guessed", Security.TLS, "mail.crt");
      assertThat(why(send(wrong)))
          .contains("does not take the user and the password", "535 5.7.8 wrong user or password")
          .doesNotContain("guessed");
    }
  }

  @Test
  void a_file_of_authorities_that_is_none_is_named() throws Exception {
    Files.writeString(dir.resolve("empty.crt"), "");
    for (String file : List.of("empty.crt", "missing.crt")) {
      assertThat(why(send(server(9, Security.TLS, file)))).contains("cafile", file);
    }
  }
}
