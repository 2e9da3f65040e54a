package io.cloudtask.center.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Role;
import io.cloudtask.model.rest.GrantView;
import io.cloudtask.store.GrantRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GrantsTest {
  private static boolean mayHandOn(Role held, String heldOn, Role wanted, String wantedOn) {
    Set<Grant> want = Set.of(new Grant(wanted, wantedOn));
    return Grants.within(Set.of(new Grant(held, heldOn)), want).equals(want);
  }

  @Test
  void the_same_or_less_can_be_handed_on() {
    assertThat(mayHandOn(Role.ADMIN, "", Role.OPERATOR, "local/night")).isTrue();
    assertThat(mayHandOn(Role.OWNER, "local", Role.OWNER, "local")).isTrue();
    assertThat(mayHandOn(Role.OWNER, "local", Role.VIEWER, "local/night")).isTrue();
    assertThat(mayHandOn(Role.OPERATOR, "local/night", Role.OPERATOR, "local/night")).isTrue();
  }

  @Test
  void more_can_not() {
    assertThat(mayHandOn(Role.OWNER, "", Role.ADMIN, "")).isFalse();
    assertThat(mayHandOn(Role.OWNER, "", Role.OPERATOR, ""))
        .as("drains agents, which an owner can't")
        .isFalse();
    assertThat(mayHandOn(Role.ADMIN, "local", Role.ADMIN, "")).isFalse();
    assertThat(mayHandOn(Role.ADMIN, "local", Role.VIEWER, "local2")).isFalse();
    assertThat(mayHandOn(Role.ADMIN, "local/night", Role.VIEWER, "local")).isFalse();
    assertThat(mayHandOn(Role.ADMIN, "local/night", Role.VIEWER, "local/nightly")).isFalse();
  }

  @Test
  void what_is_stored_is_shown_and_understood_again() {
    List<GrantView> views =
        List.of(
            new GrantView("admin", null, null),
            new GrantView("owner", "local", null),
            new GrantView("viewer", "local", "night"));
    assertThat(Grants.views(Grants.checked(views))).isEqualTo(views);
    assertThat(Grants.of(Grants.checked(views)))
        .containsExactlyInAnyOrder(
            new Grant(Role.ADMIN, ""),
            new Grant(Role.OWNER, "local"),
            new Grant(Role.VIEWER, "local/night"));
  }

  @Test
  void the_role_of_the_cluster_and_unknown_ones_are_passed_over() {
    assertThat(Grants.of(Set.of(new GrantRow("cluster", ""), new GrantRow("king", "")))).isEmpty();
  }
}
