package io.cloudtask.center.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void a_password_matches_its_hash_and_no_other() {
    String hash = passwords.hash("correct horse battery");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.matches("correct horse battery", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("correct horse batterY", Optional.of(hash))).isFalse();
    assertThat(passwords.matches("", Optional.of(hash))).isFalse();
    assertThat(passwords.hash("correct horse battery")).as("salted").isNotEqualTo(hash);
  }

  @Test
  void letters_of_every_language_count() {
    String hash = passwords.hash("正しい馬の電池");
    assertThat(passwords.matches("正しい馬の電池", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("正しい馬の電油", Optional.of(hash))).isFalse();
  }

  @Test
  void a_hash_that_is_not_there_matches_nothing() {
    assertThat(passwords.matches("", Optional.empty())).isFalse();
    assertThat(passwords.matches("anything", Optional.empty())).isFalse();
    assertThat(passwords.matches("", Optional.of(""))).isFalse();
  }

  @Test
  void a_hash_made_with_other_costs_is_still_readable() {
    String older =
        com.password4j.Argon2Function.getInstance(1024, 1, 1, 16, com.password4j.types.Argon2.ID)
            .hash("as it was", "0123456789abcdef")
            .getResult();
    assertThat(passwords.matches("as it was", Optional.of(older))).isTrue();
    assertThat(passwords.matches("as it is", Optional.of(older))).isFalse();
  }

  @Test
  void a_chosen_password_is_long_and_not_the_name() {
    assertThat(PasswordRule.refused("correct horse", "ann")).isEmpty();
    assertThat(PasswordRule.refused("123456789", "ann")).isPresent();
    assertThat(PasswordRule.refused("x".repeat(257), "ann")).isPresent();
    assertThat(PasswordRule.refused("abababababab", "ann")).isPresent();
    assertThat(PasswordRule.refused("ann@example", "Ann@Example")).isPresent();
  }

  @Test
  void random_secrets_are_long_and_never_the_same() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      all.add(RandomSecret.password());
      all.add(RandomSecret.token());
      all.add(RandomSecret.cookie());
    }
    assertThat(all).hasSize(3000);
    assertThat(RandomSecret.password()).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
    assertThat(RandomSecret.cookie()).matches("[A-Za-z0-9_-]{43}");
    assertThat(PasswordRule.refused(RandomSecret.password(), "admin")).isEmpty();
  }
}
