package io.cloudtask.center.notify;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The rules that a configuration file stands for: each of its URLs is posted every event. */
public final class ManagedRules {
  private static final String WHO = "configuration";

  private ManagedRules() {}

  /** Makes those of the configuration, and removes those that it does not name any more. */
  public static void keep(Store store, NotifySettings settings, Instant now) {
    store.execute(tx -> {
      Set<String> wanted = new HashSet<>();
      for (String url : settings.webhooks()) {
        RuleRow rule = rule(url, now);
        wanted.add(rule.ruleid());
        tx.notifications().save(rule);
      }
      tx.notifications().rules().stream()
          .filter(rule -> rule.managed() && !wanted.contains(rule.ruleid()))
          .forEach(rule -> tx.notifications().remove(rule.ruleid()));
    });
  }

  private static RuleRow rule(String url, Instant now) {
    return new RuleRow(
        "managed-" + UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8)),
        "every event, to " + url,
        RuleRow.About.ANYTHING,
        EnumSet.allOf(EventKind.class),
        new RuleRow.Way(RuleRow.Channel.WEBHOOK, List.of(url), "json", ""),
        true,
        true,
        WHO,
        now);
  }
}
