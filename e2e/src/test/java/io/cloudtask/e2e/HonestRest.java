package io.cloudtask.e2e;

import io.cloudtask.e2e.RestDescription.Operation;
import io.cloudtask.model.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Good requests for every route that {@code openapi.yaml} describes, with every parameter and every
 * field that stands there: what has no value here is an error. The first of a route varies in
 * everything, those after it in their bodies only.
 */
final class HonestRest {
  /** What only somebody can ask who is signed in by a password. */
  private static final Set<String> AT_BROWSER =
      Set.of("me", "sessions", "changePassword", "endSession", "signOut");

  /** Parameters that do not go together. */
  private static final Map<String, List<Set<String>>> APART =
      Map.of("output", List.of(Set.of("from", "wait"), Set.of("offset", "limit")));

  private final URI console;
  private final String admin;
  private final RestObjects objects;
  private final List<RawRequest> all = new ArrayList<>();

  HonestRest(URI console, String admin, RestObjects objects) {
    this.console = console;
    this.admin = admin;
    this.objects = objects;
  }

  /** Of all routes, in the order of the description. */
  List<RawRequest> all(RestDescription description) {
    for (Operation operation : description.operations()) {
      List<String> bodies = bodies(description, operation);
      for (String query : queries(operation)) {
        add(operation, path(operation) + query, bodies.getFirst());
      }
      bodies.stream().skip(1).forEach(body -> add(operation, path(operation), body));
    }
    return List.copyOf(all);
  }

  private void add(Operation operation, String target, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!AT_BROWSER.contains(operation.id())) {
      headers.put("Authorization", "Bearer " + admin);
    } else {
      headers.putAll(objects.session(operation.id()));
    }
    if (operation.id().equals("upload")) {
      headers.put("Content-Type", RestBodies.FORM);
    }
    for (String name : operation.names("header")) {
      headers.put(name, value(operation, name));
    }
    all.add(
        new RawRequest(
            console,
            operation.method(),
            operation.path(),
            target,
            headers,
            body.replace(RestBodies.USER_NAME, objects.user()).getBytes(StandardCharsets.UTF_8)));
  }

  private String path(Operation operation) {
    String path = operation.path();
    for (String name : operation.names("path")) {
      path = path.replace("{" + name + "}", value(operation, name));
    }
    return path;
  }

  private List<String> queries(Operation operation) {
    List<String> names = operation.names("query");
    if (names.isEmpty()) {
      return List.of("");
    }
    return APART.getOrDefault(operation.id(), List.of(Set.copyOf(names))).stream()
        .map(together -> names.stream().filter(together::contains))
        .map(some ->
            some.map(name -> name + '=' + escaped(value(operation, name)))
                .collect(Collectors.joining("&", "?", "")))
        .toList();
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String value(Operation operation, String name) {
    return Optional.ofNullable(objects.value(operation.id() + '.' + name))
        .or(() -> Optional.ofNullable(objects.value(name)))
        .orElseThrow(() ->
            new AssertionError(
                "openapi.yaml names the parameter %s of %s %s; give it a good value in RestObjects"
                    .formatted(name, operation.method(), operation.path())));
  }

  private static List<String> bodies(RestDescription description, Operation operation) {
    List<String> bodies = RestBodies.of(operation.id());
    Object schema = operation.body();
    if (schema != null) {
      List<String> missing =
          description.missing(schema, bodies.stream().map(Json.MAPPER::readTree).toList());
      if (!missing.isEmpty()) {
        throw new AssertionError(
            "openapi.yaml names the fields %s of what %s %s takes; give them good values in RestBodies"
                .formatted(missing, operation.method(), operation.path()));
      }
    }
    return bodies.isEmpty() ? List.of("") : bodies;
  }
}
