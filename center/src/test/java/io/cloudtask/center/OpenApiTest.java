package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.http.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the routes of the console port against their description, in both directions. */
final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  @TempDir Path dir;

  @Test
  void each_route_is_described_and_what_is_described_is_served() throws Exception {
    try (RunningCenter running = new RunningCenter(dir)) {
      RunningCenter.Answer answer = running.get("/api/v1/openapi.yaml");
      assertThat(answer.status()).isEqualTo(200);
      Set<String> served = new TreeSet<>();
      for (Route route : running.center.routes().getFirst().all()) {
        served.add(route.method() + " " + route.path());
      }
      assertThat(described(answer.text())).isEqualTo(served);
    }
  }

  @Test
  void every_operation_has_a_name_of_its_own_and_every_reference_leads_somewhere()
      throws Exception {
    try (RunningCenter running = new RunningCenter(dir)) {
      String text = running.get("/api/v1/openapi.yaml").text();
      Map<?, ?> document = document(text);
      List<String> names =
          operations(document).stream()
              .map(o -> String.valueOf(o.body.get("operationId")))
              .toList();
      assertThat(names).doesNotHaveDuplicates().doesNotContain("null");
      references(document)
          .forEach(reference -> assertThat(found(document, reference)).as(reference).isTrue());
    }
  }

  private record Operation(String method, String path, Map<?, ?> body) {}

  private static Set<String> described(String text) {
    Set<String> routes = new TreeSet<>();
    operations(document(text))
        .forEach(operation -> routes.add(operation.method + " " + operation.path));
    return routes;
  }

  private static List<Operation> operations(Map<?, ?> document) {
    return ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
        .entrySet().stream()
            .flatMap(path ->
                ((Map<?, ?>) path.getValue())
                    .entrySet().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .map(entry ->
                            new Operation(
                                entry.getKey().toString().toUpperCase(Locale.ROOT),
                                path.getKey().toString(),
                                (Map<?, ?>) entry.getValue())))
            .toList();
  }

  private static Map<?, ?> document(String text) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private static Set<String> references(Object node) {
    Set<String> found = new TreeSet<>();
    if (node instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String reference) {
        found.add(reference);
      }
      map.values().forEach(value -> found.addAll(references(value)));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> found.addAll(references(value)));
    }
    return found;
  }

  private static boolean found(Object document, String reference) {
    Object node = document;
    for (String part : reference.substring(2).split("/", -1)) {
      node = node instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return node != null;
  }
}
