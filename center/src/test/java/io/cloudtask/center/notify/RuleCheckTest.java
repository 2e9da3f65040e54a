package io.cloudtask.center.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.model.rest.RuleChange;
import io.cloudtask.store.RuleRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
  private static RuleChange change(
      List<String> kinds, String channel, List<String> targets, @Nullable String secret) {
    return new RuleChange("on call", "local", "", "", kinds, channel, targets, null, secret, null);
  }

  private static List<String> fields(RuleChange change) {
    return RuleCheck.read(change, "").errors().stream().map(FieldError::path).toList();
  }

  @Test
  void a_mail_rule_is_read() {
    RuleCheck.Outcome read =
        RuleCheck.read(
            change(List.of("failed", "agent-lost"), "mail", List.of(" ann@example.org "), null),
            "");
    assertThat(read.errors()).isEmpty();
    assertThat(read.kinds()).containsExactly(EventKind.FAILED, EventKind.AGENT_LOST);
    assertThat(read.way()).isEqualTo(Samples.mail("ann@example.org"));
    assertThat(read.about()).isEqualTo(new RuleRow.About("local", "", ""));
  }

  @Test
  void a_secret_is_kept_replaced_or_removed() {
    String before = "0123456789abcdef";
    String url = "https://example.org/";
    for (@Nullable String given : new @Nullable String[] {null, "fedcba9876543210", ""}) {
      RuleCheck.Outcome read =
          RuleCheck.read(change(List.of("failed"), "webhook", List.of(url), given), before);
      assertThat(read.way())
          .isEqualTo(Samples.webhook(url, "json", given == null ? before : given));
    }
  }

  @Test
  void all_that_is_wrong_is_named() {
    assertThat(fields(change(List.of(), "mail", List.of(), null)))
        .containsExactly("kinds", "targets");
    assertThat(fields(change(List.of("failed", "bang"), "fax", List.of(), null)))
        .containsExactly("kinds[1]", "channel");
    assertThat(
            fields(
                change(
                    List.of("late"),
                    "mail",
                    List.of("ann@example.org", "x@y\r\nBcc: z@y", "a@b, c@d"),
                    null)))
        .containsExactly("targets[1]", "targets[2]");
    assertThat(fields(change(List.of("late"), "webhook", List.of("ftp://x/"), "short")))
        .containsExactly("targets[0]", "secret");
    assertThat(
            fields(
                new RuleChange(
                    "a\u0007b",
                    "",
                    "nightly",
                    "",
                    List.of("late"),
                    "mail",
                    List.of("a@b"),
                    null,
                    null,
                    null)))
        .containsExactly("name", "runtime");
  }
}
