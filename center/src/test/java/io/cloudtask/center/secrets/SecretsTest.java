package io.cloudtask.center.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SecretsTest {
  private final Secrets secrets = new Secrets("token of a cluster");

  @Test
  void every_center_of_a_cluster_opens_what_one_has_sealed() {
    String sealed = secrets.seal("KEY", "hidden \u00e4", null);
    assertThat(sealed).doesNotContain("hidden");
    assertThat(Secrets.isSealed(sealed)).isTrue();
    assertThat(new Secrets("token of a cluster").open("KEY", sealed)).isEqualTo("hidden \u00e4");
  }

  @Test
  void two_equal_values_look_different_unless_one_was_there_before() {
    String sealed = secrets.seal("KEY", "hidden", null);
    assertThat(secrets.seal("KEY", "hidden", null)).isNotEqualTo(sealed);
    assertThat(secrets.seal("KEY", "hidden", sealed)).isEqualTo(sealed);
    assertThat(secrets.seal("KEY", "other", sealed)).isNotEqualTo(sealed);
    assertThat(Secrets.TRIED.seal("KEY", "hidden", sealed)).isNotEqualTo(sealed);
  }

  @Test
  void nothing_else_opens_it_and_nobody_learns_by_the_message() {
    String sealed = secrets.seal("KEY", "hidden", null);
    String changed =
        sealed.substring(0, sealed.length() - 4) + (sealed.endsWith("AAAA") ? "BBBB" : "AAAA");
    assertThatThrownBy(() -> new Secrets("another token").open("KEY", sealed))
        .isInstanceOf(UnreadableSecretException.class)
        .hasMessageContaining("KEY");
    assertThatThrownBy(() -> secrets.open("OTHER", sealed))
        .isInstanceOf(UnreadableSecretException.class);
    assertThatThrownBy(() -> secrets.open("KEY", changed))
        .isInstanceOf(UnreadableSecretException.class);
    assertThatThrownBy(() -> secrets.open("KEY", sealed.substring(0, 24)))
        .isInstanceOf(UnreadableSecretException.class);
  }
}
