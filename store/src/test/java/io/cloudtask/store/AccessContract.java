package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.Page;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class AccessContract extends StoreContract {
  @Test
  void a_token_is_found_by_itself_and_by_nothing_else() {
    TokenRow admin = new TokenRow("first admin", Set.of("admin", "operator"), "", NOW);
    tokens().save("secret", admin);
    reopen();

    assertThat(tokens().find("secret")).contains(admin);
    assertThat(tokens().find("Secret")).isEmpty();
    assertThat(tokens().find("")).isEmpty();
    assertThat(tokens().list()).containsExactly(admin);
  }

  @Test
  void a_replaced_or_revoked_token_works_no_longer() {
    TokenRow row = new TokenRow("ci", Set.of("operator"), "local", NOW);
    tokens().save("old", row);
    tokens().save("new", row);

    assertThat(tokens().find("old")).isEmpty();
    assertThat(tokens().find("new")).contains(row);
    assertThat(tokens().revoke("ci")).isTrue();
    assertThat(tokens().revoke("ci")).isFalse();
    assertThat(tokens().find("new")).isEmpty();
  }

  @Test
  void the_audit_tells_the_newest_first() {
    for (int i = 0; i < 5; i++) {
      audit()
          .add(new AuditRow(NOW, "ann", "job.change", i % 2 == 0 ? JOB : OTHER_JOB, "" + i, "::1"));
    }

    Page<AuditRow> page = audit().list(null, 3, null);
    assertThat(page.items()).extracting(AuditRow::detail).containsExactly("4", "3", "2");
    assertThat(audit().list(null, 3, page.next()).items())
        .extracting(AuditRow::detail)
        .containsExactly("1", "0");
    assertThat(audit().list(OTHER_JOB, 3, null).items())
        .extracting(AuditRow::detail)
        .containsExactly("3", "1");
  }

  @Test
  void a_repeated_request_gets_the_result_of_the_first() {
    assertThat(requests().once("start/1/abc", "run-1", NOW)).isEqualTo("run-1");
    assertThat(requests().once("start/1/abc", "run-2", at(60))).isEqualTo("run-1");
    assertThat(requests().once("start/2/abc", "run-3", NOW)).isEqualTo("run-3");
  }

  @Test
  void a_runtime_is_made_once_and_can_be_changed() {
    assertThat(runtimes().create("local", "again", List.of(), NOW)).isFalse();
    Duration autonomy = Duration.ofSeconds(30);
    assertThat(runtimes().change("local", "new", List.of("alpha"), autonomy)).isTrue();
    assertThat(runtimes().change("mars", "new", List.of(), autonomy)).isFalse();

    RuntimeRow expected = new RuntimeRow("local", "new", List.of("alpha"), autonomy, NOW);
    assertThat(runtimes().find("local")).contains(expected);
    assertThat(runtimes().list()).containsExactly(expected);
    assertThat(runtimes().find("mars")).isEmpty();
  }

  @Test
  void a_runtime_goes_when_nobody_is_in_it_and_its_name_is_free_again() {
    aJobThatAnAgentHolds();
    assertThat(runtimes().remove("local", NOW)).isEqualTo(new Runtimes.Removal.NotEmpty(1, 1));
    jobs().delete(JOB, "ann", NOW);
    agents().online(Set.of());

    assertThat(runtimes().remove("local", NOW)).isEqualTo(new Runtimes.Removal.Done());
    assertThat(runtimes().remove("local", NOW)).isEqualTo(new Runtimes.Removal.Unknown());
    assertThat(runtimes().list()).isEmpty();
    assertThat(jobs().create(OTHER_JOB, definition("hello"), "ann", NOW))
        .isEqualTo(new Jobs.Written.UnknownRuntime());

    assertThat(runtimes().create("local", "again", List.of(), at(1))).isTrue();
    assertThat(runtimes().find("local"))
        .contains(new RuntimeRow("local", "again", List.of(), Duration.ZERO, at(1)));
  }
}
