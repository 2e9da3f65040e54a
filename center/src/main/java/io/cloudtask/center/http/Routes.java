package io.cloudtask.center.http;

import io.cloudtask.center.access.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Everything that one listener serves. What is not in it does not exist. Immutable.
 *
 * <pre>{@code
 * Routes routes = Routes.builder()
 *     .add(Routes.get("/api/v1/runs/{runid}").allow(Role.readers()).scoped().handle(runs::show))
 *     .add(Routes.put("/cloudtask/v2/jobs/action").allow(Role.operators()).loopback().handle(actions::act))
 *     .build();
 * }</pre>
 */
public final class Routes {
  /** The outcome of looking a request up. */
  sealed interface Match {
    /** A route, and the named places of its path. */
    record Found(Route route, Map<String, String> places) implements Match {}

    /** There is something at this path, but not for this method. */
    record OtherMethods(Set<String> allowed) implements Match {}

    /** There is nothing. */
    record Nothing() implements Match {}
  }

  private final List<Route> routes;
  private final Site site;

  private Routes(List<Route> routes, Site site) {
    this.routes = routes;
    this.site = site;
  }

  /** The files that anybody may read. */
  Site site() {
    return site;
  }

  /** All of them, for those who check them. */
  public List<Route> all() {
    return routes;
  }

  Match find(String method, List<String> path) {
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> places = route.path().match(path);
      if (places.isPresent() && route.method().equals(method)) {
        return new Match.Found(route, places.get());
      }
      places.ifPresent(any -> allowed.add(route.method()));
    }
    return allowed.isEmpty() ? new Match.Nothing() : new Match.OtherMethods(allowed);
  }

  public static Registration get(String path) {
    return new Registration("GET", path);
  }

  public static Registration post(String path) {
    return new Registration("POST", path);
  }

  public static Registration put(String path) {
    return new Registration("PUT", path);
  }

  public static Registration delete(String path) {
    return new Registration("DELETE", path);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A route that is being described. */
  public static final class Registration {
    private final String method;
    private final PathTemplate path;
    private final Set<Role> roles = EnumSet.noneOf(Role.class);
    private Route.Entry entry = Route.Entry.ROLE;
    private boolean loopback;
    private long bodyLimit = Route.DEFAULT_BODY_LIMIT;

    private Registration(String method, String path) {
      this.method = method;
      this.path = PathTemplate.of(path);
    }

    /** Lets these roles in, beside those named before. */
    public Registration allow(Set<Role> more) {
      roles.addAll(more);
      return this;
    }

    /** Lets this role in, beside those named before. */
    public Registration allow(Role role) {
      roles.add(role);
      return this;
    }

    /**
     * Lets in who holds the role on a part of the objects; the handler then judges by object, with
     * {@link Call#scope} and {@link Call#require}.
     */
    public Registration scoped() {
      entry = Route.Entry.SCOPED;
      return this;
    }

    /** Lets everybody in who is known, with whatever rights. */
    public Registration signedIn() {
      entry = Route.Entry.SIGNED_IN;
      return this;
    }

    /** The same, also whoever has to choose another password before anything else. */
    public Registration self() {
      entry = Route.Entry.SELF;
      return this;
    }

    /** Lets everybody in, unasked: only for becoming known. */
    public Registration open() {
      entry = Route.Entry.OPEN;
      return this;
    }

    /** Lets callers on this machine in without a token. */
    public Registration loopback() {
      loopback = true;
      return this;
    }

    /** How many bytes a body may have, after decompression. */
    public Registration bodyLimit(long bytes) {
      bodyLimit = bytes;
      return this;
    }

    public Route handle(Handler handler) {
      return new Route(method, path, roles, entry, loopback, bodyLimit, handler);
    }

    /**
     * The same for what many pages ask at once, whenever something has changed: those who ask an
     * equal question while it is being answered share the next answer, which is made and written as
     * JSON once. For reading only: an answer may be made for nobody who is still there.
     */
    public Route share(Function<Question, Reply> answering) {
      Rounds<Question, Reply> rounds =
          new Rounds<>(question -> Sender.written(answering.apply(question)));
      return handle(call -> rounds.answer(call.question()));
    }
  }

  /** Collects routes. */
  public static final class Builder {
    private final List<Route> routes = new ArrayList<>();
    private Site site = Site.NONE;

    private Builder() {}

    /** Files that anybody may read where no route is. */
    public Builder site(Site files) {
      site = files;
      return this;
    }

    public Builder add(Route route) {
      routes.add(route);
      return this;
    }

    public Builder addAll(List<Route> more) {
      routes.addAll(more);
      return this;
    }

    /**
     * All that were added.
     *
     * @throws IllegalStateException when two routes answer the same requests
     */
    public Routes build() {
      Set<String> seen = new HashSet<>();
      for (Route route : routes) {
        if (!seen.add(route.method() + " " + route.path().shape())) {
          throw new IllegalStateException(
              route.method() + " " + route.path() + " is registered twice");
        }
      }
      return new Routes(routes.stream().sorted(Comparator.comparing(Route::path)).toList(), site);
    }
  }
}
