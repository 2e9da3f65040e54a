package io.cloudtask.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** What {@code openapi.yaml} says that can be asked of the console port. Immutable. */
final class RestDescription {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  private final Map<?, ?> document;

  /**
   * A route.
   *
   * @param id its name, which no other has
   * @param path with the names of its values in braces
   * @param body the schema of what is sent; null when nothing is, or no JSON
   */
  record Operation(
      String id, String method, String path, List<Parameter> parameters, @Nullable Object body) {
    Operation {
      parameters = List.copyOf(parameters);
    }

    /** The names of its parameters in one place. */
    List<String> names(String place) {
      return parameters.stream()
          .filter(parameter -> parameter.place().equals(place))
          .map(Parameter::name)
          .toList();
    }
  }

  /**
   * A parameter.
   *
   * @param place path, query or header
   */
  record Parameter(String name, String place) {}

  RestDescription(String yaml) {
    document = map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  /** All of them, in the order of the document. */
  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    map(get(document, "paths"))
        .forEach((path, methods) ->
            map(methods)
                .forEach((method, told) -> {
                  if (METHODS.contains(method)) {
                    all.add(operation(path.toString(), method.toString(), map(told)));
                  }
                }));
    return all;
  }

  private Operation operation(String path, String method, Map<?, ?> told) {
    List<Parameter> parameters = new ArrayList<>();
    if (told.get("parameters") instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> parameter = resolved(each);
        parameters.add(
            new Parameter(get(parameter, "name").toString(), get(parameter, "in").toString()));
      }
    }
    Object body = null;
    if (told.get("requestBody") instanceof Map<?, ?> request
        && map(get(request, "content")).get("application/json") instanceof Map<?, ?> json) {
      body = get(json, "schema");
    }
    String id = get(told, "operationId").toString();
    return new Operation(id, method.toUpperCase(Locale.ROOT), path, parameters, body);
  }

  /** The fields of a schema, at any depth, that no example has. */
  List<String> missing(Object schema, List<JsonNode> examples) {
    List<String> missing = new ArrayList<>();
    look(resolved(schema), examples, "", missing);
    return missing;
  }

  private void look(Map<?, ?> schema, List<JsonNode> examples, String path, List<String> missing) {
    if (schema.get("items") != null) {
      List<JsonNode> items = new ArrayList<>();
      examples.forEach(example -> example.forEach(items::add));
      look(resolved(schema.get("items")), items, path + "[]", missing);
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, told) -> {
        String field = path.isEmpty() ? name.toString() : path + '.' + name;
        List<JsonNode> values = values(examples, name.toString());
        if (values.isEmpty()) {
          missing.add(field);
        } else {
          look(resolved(told), values, field, missing);
        }
      });
    }
  }

  private static List<JsonNode> values(List<JsonNode> examples, String name) {
    return examples.stream().map(example -> example.get(name)).filter(Objects::nonNull).toList();
  }

  private Map<?, ?> resolved(Object node) {
    Map<?, ?> map = map(node);
    if (!(map.get("$ref") instanceof String reference)) {
      return map;
    }
    Object found = document;
    for (String part : reference.substring(2).split("/", -1)) {
      found = get(map(found), part);
    }
    return map(found);
  }

  private static Object get(Map<?, ?> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  private static Map<?, ?> map(Object node) {
    return (Map<?, ?>) node;
  }
}
