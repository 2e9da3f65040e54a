package io.cloudtask.center.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.Scope;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrincipalTest {
  private final Principal everywhere = holding(new Grant(Role.OWNER, Grant.EVERYTHING));
  private final Principal shop = holding(new Grant(Role.OWNER, "shop"));
  private final Principal tills = holding(new Grant(Role.OWNER, "shop/tills"));

  private static Principal holding(Grant... grants) {
    return new Principal("somebody", Principal.Kind.TOKEN, Set.of(grants), false);
  }

  @Test
  void a_role_on_everything_holds_everywhere() {
    assertThat(everywhere.may(Role.editors(), "shop", "tills")).isTrue();
    assertThat(everywhere.mayEverywhere(Role.editors())).isTrue();
    assertThat(everywhere.scope(Role.editors())).isEqualTo(Scope.EVERYTHING);
  }

  @Test
  void a_role_on_a_runtime_holds_for_all_its_groups_and_for_no_other_runtime() {
    assertThat(shop.may(Role.editors(), "shop", "tills")).isTrue();
    assertThat(shop.may(Role.editors(), "shop2", "tills")).isFalse();
    assertThat(shop.scope(Role.editors()).touches("shop")).isTrue();
    assertThat(shop.scope(Role.editors()).touches("sho")).isFalse();
    assertThat(shop.mayEverywhere(Role.editors())).isFalse();
    assertThat(shop.mayAnywhere(Role.editors())).isTrue();
  }

  @Test
  void a_role_on_a_group_holds_for_that_group_alone() {
    assertThat(tills.may(Role.editors(), "shop", "tills")).isTrue();
    assertThat(tills.may(Role.editors(), "shop", "till")).isFalse();
    assertThat(tills.may(Role.editors(), "depot", "tills")).isFalse();
    assertThat(tills.scope(Role.editors()).touches("shop")).isTrue();
    assertThat(tills.scope(Role.editors()).touches("depot")).isFalse();
  }

  @Test
  void a_role_that_was_not_asked_for_does_not_count() {
    assertThat(everywhere.may(Set.of(Role.ADMIN), "shop", "tills")).isFalse();
    assertThat(everywhere.mayAnywhere(Set.of(Role.ADMIN, Role.VIEWER))).isFalse();
    assertThat(shop.scope(Set.of(Role.ADMIN)).touches("shop")).isFalse();
  }

  @Test
  void each_role_counts_where_it_holds() {
    Principal both = holding(new Grant(Role.OWNER, "shop"), new Grant(Role.VIEWER, "depot"));

    assertThat(both.may(Role.editors(), "depot", "tills")).isFalse();
    assertThat(both.may(Role.readers(), "depot", "tills")).isTrue();
  }
}
