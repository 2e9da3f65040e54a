package io.cloudtask.center.notify;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Store;

/**
 * The secrets by which the posts of webhooks are signed. A rule holds its own sealed, wherever it
 * lies, and for no other rule; it is opened only to sign. Immutable.
 */
public final class SigningSecrets {
  private final Secrets secrets;

  public SigningSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  /** A rule as it may be kept; a secret that is sealed already stays as it is. */
  public RuleRow sealed(RuleRow rule) {
    String secret = rule.way().secret();
    return secret.isEmpty() || Secrets.isSealed(secret)
        ? rule
        : rule.with(rule.way().with(secrets.seal(name(rule), secret, null)));
  }

  /**
   * The secret of a rule that has one.
   *
   * @throws io.cloudtask.center.secrets.UnreadableSecretException when it was sealed with another
   *     cluster token
   */
  String opened(RuleRow rule) {
    return secrets.open(name(rule), rule.way().secret());
  }

  private static String name(RuleRow rule) {
    return "of the rule " + rule.ruleid();
  }

  /** Seals those that an earlier version kept as they were. */
  public void keep(Store store) {
    store.execute(tx ->
        tx.notifications().rules().stream()
            .filter(rule -> !sealed(rule).equals(rule))
            .forEach(rule -> tx.notifications().save(sealed(rule))));
  }
}
