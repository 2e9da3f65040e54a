package io.cloudtask.agent.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked for.
 *
 * @param method in capitals
 * @param path its segments; one in braces is a parameter and stands for any text that is not empty
 * @param access who may
 * @param handler what answers; called only for those who may
 */
record Route(String method, List<String> path, Access access, Handler handler) {
  private static final String BASE = "cloudtask/v2/";

  Route {
    path = List.copyOf(path);
  }

  /** A route below {@code /cloudtask/v2/}. */
  static Route of(String method, String path, Access access, Handler handler) {
    return new Route(method, List.of((BASE + path).split("/")), access, handler);
  }

  /** The parameters, when a path is this route's; empty otherwise. */
  Optional<Map<String, String>> match(List<String> segments) {
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = path.get(i);
      String given = segments.get(i);
      if (wanted.startsWith("{")) {
        parameters.put(wanted.substring(1, wanted.length() - 1), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
      if (given.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** Answers a request that has been let in. */
  @FunctionalInterface
  interface Handler {
    Reply handle(Call call);
  }

  /**
   * A request that has been let in.
   *
   * @param parameters of the path, decoded
   * @param query first value of each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Call(Map<String, String> parameters, Map<String, String> query, byte[] body) {
    String parameter(String name) {
      String value = parameters.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the route has no parameter " + name);
      }
      return value;
    }
  }
}
