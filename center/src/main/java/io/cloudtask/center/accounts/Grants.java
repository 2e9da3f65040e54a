package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.jobs.Names;
import io.cloudtask.model.rest.GrantView;
import io.cloudtask.store.GrantRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Grants as they are stored, shown and decided by. Pure. */
final class Grants {
  private static final int MOST = 200;

  private Grants() {}

  /**
   * As decisions need them. What is no role is passed over, and the cluster's is not for sale: only
   * the cluster token has it.
   */
  static Set<Grant> of(Collection<GrantRow> rows) {
    return rows.stream()
        .flatMap(row -> role(row.role()).map(role -> new Grant(role, row.scope())).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that the holder of others may use too. */
  static Set<Grant> within(Set<Grant> held, Set<Grant> wanted) {
    return wanted.stream()
        .filter(want -> held.stream().anyMatch(have -> covers(have, want)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean covers(Grant have, Grant want) {
    boolean place =
        have.scope().equals(Grant.EVERYTHING)
            || have.scope().equals(want.scope())
            || want.scope().startsWith(have.scope() + '/');
    return place && below(have.role()).contains(want.role());
  }

  /** What a role can hand on: itself, and what opens no route that it does not open. */
  private static Set<Role> below(Role role) {
    return switch (role) {
      case ADMIN -> Role.readers();
      case OWNER, OPERATOR, VIEWER -> EnumSet.of(role, Role.VIEWER);
      case CLUSTER -> EnumSet.noneOf(Role.class);
    };
  }

  /**
   * As the store keeps what a request says.
   *
   * @throws RefusedException naming what is wrong
   */
  static Set<GrantRow> checked(List<GrantView> views) {
    require(views.size() <= MOST, "grants", "are more than " + MOST);
    Set<GrantRow> rows = new HashSet<>();
    for (int i = 0; i < views.size(); i++) {
      GrantView view = views.get(i);
      String path = "grants[" + i + "]";
      require(
          view != null && role(String.valueOf(view.role())).isPresent(),
          path + ".role",
          "is not admin, owner, operator or viewer");
      String runtime = view.runtime();
      String group = view.group();
      require(
          runtime == null || Names.isPlain(runtime), path + ".runtime", "is no name of a runtime");
      require(
          group == null || (runtime != null && Names.isPlain(group)),
          path + ".group",
          "is no name of a group in a runtime");
      String scope = runtime == null ? "" : group == null ? runtime : runtime + '/' + group;
      rows.add(new GrantRow(view.role(), scope));
    }
    return rows;
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }

  /** As people see them, the widest first. */
  static List<GrantView> views(Collection<GrantRow> rows) {
    return rows.stream()
        .sorted(Comparator.comparing(GrantRow::scope).thenComparing(GrantRow::role))
        .map(Grants::view)
        .toList();
  }

  private static GrantView view(GrantRow row) {
    int slash = row.scope().indexOf('/');
    if (slash >= 0) {
      return new GrantView(
          row.role(), row.scope().substring(0, slash), row.scope().substring(slash + 1));
    }
    return new GrantView(row.role(), row.scope().isEmpty() ? null : row.scope(), null);
  }

  /** As they are stored. */
  static Set<GrantRow> rows(Collection<Grant> grants) {
    return grants.stream()
        .map(grant -> new GrantRow(word(grant.role()), grant.scope()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Role> role(String word) {
    return EnumSet.complementOf(EnumSet.of(Role.CLUSTER)).stream()
        .filter(role -> word(role).equals(word))
        .findAny();
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
