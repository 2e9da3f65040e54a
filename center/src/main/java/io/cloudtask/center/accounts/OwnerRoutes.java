package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.Names;
import io.cloudtask.model.rest.OwnersView;
import io.cloudtask.model.rest.TreeView;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The owners of a runtime and of its groups. They are the users who hold that role on just that
 * place; so this is the grants of the users, seen from the other side.
 */
final class OwnerRoutes {
  private static final String OWNERS = "/api/v1/runtimes/{runtime}/owners";
  private static final String OWNER = "owner";

  private final AccessRoutes.Parts parts;

  OwnerRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get(OWNERS).allow(Role.readers()).scoped().handle(this::list),
        Routes.put(OWNERS).allow(Role.ADMIN).handle(this::change));
  }

  private Reply list(Call call) {
    return Reply.ok(parts.store().read(tx -> owners(tx, call.scope(), runtime(tx, call))));
  }

  /** That of the call, when the caller may see a part of it. */
  private static String runtime(Tx tx, Call call) {
    String name = call.path("runtime");
    if (tx.runtimes().find(name).isEmpty() || !call.scope().touches(name)) {
      throw new RefusedException(Refusal.notFound("there is no runtime called " + name));
    }
    return name;
  }

  /** Of the runtime, then of each group in sight that has jobs or owners. */
  private static List<OwnersView> owners(Tx tx, Scope scope, String runtime) {
    List<AccountRow> accounts = tx.accounts().list();
    Set<String> groups = new TreeSet<>();
    tx.overviews().tree(scope).stream()
        .filter(tree -> tree.runtime().equals(runtime))
        .flatMap(tree -> tree.groups().stream())
        .map(TreeView.Group::name)
        .forEach(groups::add);
    String inside = runtime + '/';
    accounts.stream()
        .flatMap(account -> account.grants().stream())
        .filter(grant -> grant.role().equals(OWNER) && grant.scope().startsWith(inside))
        .map(grant -> grant.scope().substring(inside.length()))
        .filter(group -> scope.covers(runtime, group))
        .forEach(groups::add);
    List<OwnersView> views = new ArrayList<>();
    views.add(new OwnersView(null, holders(accounts, runtime)));
    groups.forEach(group -> views.add(new OwnersView(group, holders(accounts, inside + group))));
    return views;
  }

  private static List<String> holders(List<AccountRow> accounts, String place) {
    GrantRow grant = new GrantRow(OWNER, place);
    return accounts.stream()
        .filter(account -> account.grants().contains(grant))
        .map(AccountRow::name)
        .toList();
  }

  private Reply change(Call call) {
    OwnersView wanted = call.json(OwnersView.class);
    String group = wanted.group();
    AccessRoutes.require(
        group == null || Names.isPlain(group), "group", "is no name; " + Names.PLAIN_RULE);
    AccessRoutes.require(wanted.owners() != null, "owners", "is missing");
    return Reply.ok(
        parts
            .store()
            .write(tx -> {
              String runtime = runtime(tx, call);
              String place = group == null ? runtime : runtime + '/' + group;
              give(tx, new GrantRow(OWNER, place), wanted.owners());
              String names = String.join(", ", new TreeSet<>(wanted.owners()));
              parts.audit(tx, call, "owners.change", place, names.isEmpty() ? "nobody" : names);
              return owners(tx, call.scope(), runtime);
            }));
  }

  /** Has those, and nobody else, hold a grant. */
  private static void give(Tx tx, GrantRow grant, List<String> names) {
    List<AccountRow> accounts = tx.accounts().list();
    Set<String> known = new HashSet<>();
    accounts.forEach(account -> known.add(account.name()));
    for (int i = 0; i < names.size(); i++) {
      AccessRoutes.require(
          known.contains(names.get(i)), "owners[" + i + "]", "is the name of no user");
    }
    for (AccountRow account : accounts) {
      Set<GrantRow> grants = new HashSet<>(account.grants());
      boolean changed = names.contains(account.name()) ? grants.add(grant) : grants.remove(grant);
      if (changed) {
        tx.accounts().change(account.with(grants));
      }
    }
  }
}
