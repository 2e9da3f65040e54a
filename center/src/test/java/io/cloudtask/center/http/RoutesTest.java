package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.center.access.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutesTest {
  @Test
  void a_route_without_roles_can_not_be_registered() {
    assertThatThrownBy(() -> Routes.get("/x").handle(call -> Reply.empty(204)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GET /x is registered without roles");
  }

  @Test
  void two_routes_for_the_same_requests_can_not_be_registered() {
    Route first = Routes.get("/x/{a}").allow(Role.ADMIN).handle(call -> Reply.empty(204));
    Route second = Routes.get("/x/{b}").allow(Role.ADMIN).handle(call -> Reply.empty(204));
    assertThatThrownBy(() -> Routes.builder().add(first).add(second).build())
        .hasMessageContaining("registered twice");
  }

  @Test
  void the_closest_template_wins() {
    Route place = Routes.get("/x/{a}/c").allow(Role.ADMIN).handle(call -> Reply.empty(204));
    Route literal = Routes.get("/x/b/c").allow(Role.ADMIN).handle(call -> Reply.empty(204));
    Routes routes = Routes.builder().add(place).add(literal).build();
    assertThat(routes.find("GET", List.of("x", "b", "c")))
        .isInstanceOfSatisfying(
            Routes.Match.Found.class, found -> assertThat(found.route()).isEqualTo(literal));
    assertThat(routes.find("GET", List.of("x", "y", "c")))
        .isInstanceOfSatisfying(
            Routes.Match.Found.class, found -> assertThat(found.places()).containsEntry("a", "y"));
  }
}
