package io.cloudtask.center.notify;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a center tells people.
 *
 * @param mail the mail server; null when there is none, and rules for mail fail
 * @param local whether webhooks may be on this host or in its link's network
 * @param webhooks URLs that are posted every event, because the configuration says so
 */
public record NotifySettings(@Nullable Mail mail, boolean local, List<String> webhooks) {
  /** Nobody is told by mail, and webhooks are elsewhere. */
  public static final NotifySettings NONE = new NotifySettings(null, false, List.of());

  public NotifySettings {
    webhooks = List.copyOf(webhooks);
  }

  /** What protects the way to a mail server. */
  public enum Security {
    /** STARTTLS when the server offers it. */
    AUTO,
    /** STARTTLS, or no mail. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** Nothing. */
    NONE
  }

  /**
   * A mail server.
   *
   * @param user "" when the server asks for none
   * @param sender the address that mails are from
   * @param authorities PEM: whose certificate the server must show; null: of one of those that the
   *     Java installation trusts
   */
  public record Mail(
      String host,
      int port,
      String user,
      String password,
      String sender,
      Security security,
      @Nullable Path authorities) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Mail[" + host + ":" + port + ", " + sender + "]";
    }
  }
}
