package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.Page;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class AccessContract extends StoreContract {
  private static final GrantRow OPERATOR = new GrantRow("operator", "local/night");

  private static AccountRow account(String name, GrantRow... grants) {
    return new AccountRow(
        name, "Ann of " + name, "ann@example.org", Set.of(grants), true, false, NOW, null);
  }

  private static AccountRow disabled(AccountRow of) {
    return new AccountRow(
        of.name(), of.displayname(), of.mail(), of.grants(), false, false, NOW, null);
  }

  @Test
  void an_account_is_made_once_and_its_password_is_beside_it() {
    AccountRow ann = account("ann", GrantRow.ADMIN, OPERATOR);
    assertThat(accounts().create(ann, "hash 1")).isTrue();
    assertThat(accounts().create(account("ann"), "hash 2")).isFalse();
    reopen();

    assertThat(accounts().find("ann")).contains(ann);
    assertThat(accounts().find("Ann")).isEmpty();
    assertThat(accounts().password("ann\0")).isEmpty();
    assertThat(accounts().list()).containsExactly(ann);
    assertThat(accounts().password("ann")).contains("hash 1");
    assertThat(accounts().password("ann", "hash 3", true)).isTrue();
    assertThat(accounts().password("bob", "hash 3", true)).isFalse();
    assertThat(accounts().password("ann")).contains("hash 3");
    assertThat(accounts().find("ann").orElseThrow().mustchange()).isTrue();
  }

  @Test
  void the_last_enabled_administrator_stays_one() {
    accounts().create(account("ann", GrantRow.ADMIN), "");
    accounts().create(account("bob", new GrantRow("admin", "local")), "");
    accounts().create(disabled(account("eve", GrantRow.ADMIN)), "");

    assertThat(accounts().remove("ann")).isEqualTo(Accounts.Change.LAST_ADMINISTRATOR);
    assertThat(accounts().change(account("ann", OPERATOR)))
        .isEqualTo(Accounts.Change.LAST_ADMINISTRATOR);
    assertThat(accounts().change(disabled(account("ann", GrantRow.ADMIN))))
        .isEqualTo(Accounts.Change.LAST_ADMINISTRATOR);
    assertThat(accounts().find("ann")).contains(account("ann", GrantRow.ADMIN));

    assertThat(accounts().change(account("bob", GrantRow.ADMIN))).isEqualTo(Accounts.Change.DONE);
    assertThat(accounts().remove("ann")).isEqualTo(Accounts.Change.DONE);
    assertThat(accounts().remove("ann")).isEqualTo(Accounts.Change.UNKNOWN);
    assertThat(accounts().remove("eve")).isEqualTo(Accounts.Change.DONE);
    assertThat(accounts().remove("bob")).isEqualTo(Accounts.Change.LAST_ADMINISTRATOR);
  }

  @Test
  void a_session_is_found_by_its_cookie_until_it_ends() {
    accounts().create(account("ann"), "");
    accounts().create(account("bob"), "");
    SessionRow first = sessions().open("cookie 1", "ann", NOW, "::1", "Firefox");
    SessionRow second = sessions().open("cookie 2", "ann", at(1), "::1", "Chromium");
    SessionRow other = sessions().open("cookie 3", "bob", at(1), "::1", "");
    sessions().seen(first.id(), at(9));
    accounts().seen("ann", at(1));

    assertThat(accounts().find("ann").orElseThrow().seenat()).isEqualTo(at(1));
    assertThat(sessions().find("cookie 1").orElseThrow().seenat()).isEqualTo(at(9));
    assertThat(sessions().find("Cookie 1")).isEmpty();
    assertThat(sessions().list("ann"))
        .extracting(SessionRow::agent)
        .containsExactly("Chromium", "Firefox");
    assertThat(sessions().end("bob", first.id())).isFalse();
    assertThat(sessions().end("ann", first.id())).isTrue();
    assertThat(sessions().find("cookie 1")).isEmpty();
    assertThat(sessions().find("cookie 2")).contains(second);

    sessions().open("cookie 4", "ann", NOW, "", "");
    sessions().endOthers("ann", second.id());
    assertThat(sessions().list("ann")).containsExactly(second);
    sessions().endOthers("ann", "");
    assertThat(sessions().list("ann")).isEmpty();
    assertThat(sessions().list("bob")).containsExactly(other);
  }

  @Test
  void sessions_and_tokens_go_with_their_account() {
    accounts().create(account("ann"), "hash");
    sessions().open("cookie", "ann", NOW, "", "");
    tokens().create("secret", TokenRow.of("ann", "ci", Set.of(), NOW, null));
    accounts().change(disabled(account("ann")));
    assertThat(sessions().find("cookie")).isEmpty();
    assertThat(accounts().password("ann")).isEmpty();
    assertThat(tokens().find("secret")).isPresent();

    sessions().open("cookie", "ann", NOW, "", "");
    accounts().remove("ann");
    assertThat(sessions().find("cookie")).isEmpty();
    assertThat(tokens().find("secret")).isEmpty();
  }

  @Test
  void a_token_is_found_by_itself_and_by_nothing_else() {
    TokenRow admin = TokenRow.of("first admin", Set.of(GrantRow.ADMIN, OPERATOR), NOW);
    assertThat(tokens().create("secret", admin)).isTrue();
    reopen();

    assertThat(tokens().find("secret")).contains(admin);
    assertThat(tokens().find("Secret")).isEmpty();
    assertThat(tokens().find("")).isEmpty();
    assertThat(tokens().get(admin.id())).contains(admin);
    assertThat(tokens().list()).containsExactly(admin);
  }

  @Test
  void an_owner_has_one_token_of_a_name_and_a_revoked_one_works_no_longer() {
    TokenRow row = TokenRow.of("ann", "ci", Set.of(OPERATOR), NOW, at(60));
    assertThat(tokens().create("old", row)).isTrue();
    assertThat(tokens().create("new", TokenRow.of("ann", "ci", Set.of(), NOW, null))).isFalse();
    assertThat(tokens().create("new", TokenRow.of("bob", "ci", Set.of(), NOW, null))).isTrue();
    tokens().used(row.id(), at(7));

    assertThat(tokens().find("old").orElseThrow().usedat()).isEqualTo(at(7));
    assertThat(tokens().find("old").orElseThrow().expiresat()).isEqualTo(at(60));
    assertThat(tokens().revoke(row.id())).isTrue();
    assertThat(tokens().revoke(row.id())).isFalse();
    assertThat(tokens().find("old")).isEmpty();
    assertThat(tokens().list()).extracting(TokenRow::owner).containsExactly("bob");
  }

  @Test
  void tries_to_sign_in_count_together_for_a_span() {
    Duration span = Duration.ofMinutes(5);
    assertThat(logins().count("ann", NOW, span)).isEqualTo(new Logins.Tries(1, NOW));
    assertThat(logins().count("ann", at(299), span)).isEqualTo(new Logins.Tries(2, NOW));
    assertThat(logins().count("bob", at(299), span)).isEqualTo(new Logins.Tries(1, at(299)));
    assertThat(logins().count("ann", at(300), span)).isEqualTo(new Logins.Tries(1, at(300)));
    logins().count("ann", at(301), span);
    logins().forgive("ann");
    assertThat(logins().count("ann", at(302), span).number()).isEqualTo(2);
    logins().forget("ann");
    assertThat(logins().count("ann", at(303), span)).isEqualTo(new Logins.Tries(1, at(303)));
  }

  @Test
  void the_audit_tells_the_newest_first() {
    for (int i = 0; i < 5; i++) {
      audit()
          .add(new AuditRow(NOW, "ann", "job.change", i % 2 == 0 ? JOB : OTHER_JOB, "" + i, "::1"));
    }

    Page<Audit.Entry> page = audit().search(AuditSearch.about(null), 3, null);
    assertThat(details(page)).containsExactly("4", "3", "2");
    assertThat(details(audit().search(AuditSearch.about(null), 3, page.next())))
        .containsExactly("1", "0");
    assertThat(audit().about(OTHER_JOB, 3)).extracting(AuditRow::detail).containsExactly("3", "1");
  }

  private static List<String> details(Page<Audit.Entry> page) {
    return page.items().stream().map(entry -> entry.row().detail()).toList();
  }

  private List<String> found(
      @Nullable String who, @Nullable String what, @Nullable String text, long from, long to) {
    return details(
        audit().search(new AuditSearch(who, what, null, text, at(from), at(to)), 10, null));
  }

  @Test
  void the_audit_is_searched_by_parts_of_it_and_by_time() {
    audit().add(new AuditRow(at(1), "Ann", "job.change", JOB, "100% new", "10.0.0.7"));
    audit().add(new AuditRow(at(2), "bob", "job.remove", JOB, "gone", "::1"));
    audit().add(new AuditRow(at(3), "ann/ci", "run.start", OTHER_JOB, "by hand", "::1"));

    assertThat(found("ann", null, null, 0, 9)).containsExactly("by hand", "100% new");
    assertThat(found("ann", null, null, 1, 3)).containsExactly("100% new");
    assertThat(found(null, "JOB", null, 0, 9)).containsExactly("gone", "100% new");
    assertThat(found(null, null, "0%", 0, 9)).containsExactly("100% new");
    assertThat(found(null, null, "10.0", 0, 9)).containsExactly("100% new");
    assertThat(found("bob", "start", null, 0, 9)).isEmpty();
  }

  @Test
  void a_repeated_request_gets_the_result_of_the_first() {
    assertThat(requests().once("start/1/abc", "run-1", NOW)).isEqualTo("run-1");
    assertThat(requests().once("start/1/abc", "run-2", at(60))).isEqualTo("run-1");
    assertThat(requests().once("start/2/abc", "run-3", NOW)).isEqualTo("run-3");
    requests().replace("start/1/abc", "run-4");
    assertThat(requests().once("start/1/abc", "run-5", at(90))).isEqualTo("run-4");
    assertThat(requests().once("start/2/abc", "run-5", at(90))).isEqualTo("run-3");
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
