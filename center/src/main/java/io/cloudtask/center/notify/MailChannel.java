package io.cloudtask.center.notify;

import io.cloudtask.center.notify.NotifySettings.Mail;
import io.cloudtask.center.notify.NotifySettings.Security;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Tls;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Hands letters to a mail server, as plain text, one mail to all addresses of a rule. */
final class MailChannel implements Channel {
  private static final String PATIENCE = "10000";

  private final @Nullable Mail server;
  private final Clock clock;

  /**
   * @param server null when there is none
   */
  MailChannel(@Nullable Mail server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public Outcome send(Letter letter) {
    Mail mail = server;
    if (mail == null) {
      return new Outcome.Failed(
          "no mail server is configured: name one under notifications.endpoints of the center");
    }
    try {
      Session session = Session.getInstance(properties(mail));
      MimeMessage message = message(session, mail, letter);
      try (Transport transport = session.getTransport()) {
        transport.connect(
            mail.host(),
            mail.port(),
            mail.user().isEmpty() ? null : mail.user(),
            mail.user().isEmpty() ? null : mail.password());
        transport.sendMessage(message, message.getAllRecipients());
      }
      return new Outcome.Sent();
    } catch (AddressException e) {
      return new Outcome.Refused("an address is none: " + e.getMessage());
    } catch (AuthenticationFailedException e) {
      return new Outcome.Failed(
          "the mail server does not take the user and the password: " + deepest(e));
    } catch (SendFailedException e) {
      return new Outcome.Failed("the mail server refuses an address: " + deepest(e));
    } catch (MessagingException e) {
      return new Outcome.Failed(
          isDistrusted(e)
              ? ("the certificate of the mail server %s is not trusted: %s; name the file of its"
                      + " authority as cafile of the endpoint, and the server as its certificate"
                      + " does")
                  .formatted(mail.host(), deepest(e))
              : "the mail server %s:%d can't be used: %s"
                  .formatted(mail.host(), mail.port(), deepest(e)));
    } catch (ConfigException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private MimeMessage message(Session session, Mail mail, Letter letter) throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            // The same letter sent again is the same mail.
            setHeader("Message-ID", "<" + letter.id() + "@cloudtask>");
          }
        };
    message.setFrom(new InternetAddress(mail.sender(), true));
    message.setRecipients(Message.RecipientType.TO, addresses(letter.rule().way().targets()));
    message.setSubject("[Cloudtask] " + LetterWords.subject(letter), StandardCharsets.UTF_8.name());
    message.setText(LetterWords.text(letter), StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setSentDate(Date.from(clock.instant()));
    message.saveChanges();
    return message;
  }

  private static InternetAddress[] addresses(List<String> targets) throws AddressException {
    InternetAddress[] addresses = new InternetAddress[targets.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InternetAddress(targets.get(i), true);
    }
    return addresses;
  }

  private static Properties properties(Mail mail) throws ConfigException {
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.connectiontimeout", PATIENCE);
    properties.setProperty("mail.smtp.timeout", PATIENCE);
    properties.setProperty("mail.smtp.writetimeout", PATIENCE);
    properties.setProperty("mail.smtp.auth", Boolean.toString(!mail.user().isEmpty()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    Security security = mail.security();
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
    properties.setProperty(
        "mail.smtp.starttls.enable",
        Boolean.toString(security == Security.STARTTLS || security == Security.AUTO));
    properties.setProperty(
        "mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
    if (mail.authorities() != null) {
      // Read each time, so that a new certificate needs no restart.
      properties.put(
          "mail.smtp.ssl.socketFactory",
          Tls.trusting(mail.authorities(), "notifications.endpoints.cafile").getSocketFactory());
    }
    return properties;
  }

  private static boolean isDistrusted(Throwable e) {
    return e instanceof CertificateException
        || (e.getCause() != null && isDistrusted(e.getCause()));
  }

  private static String deepest(MessagingException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
