package io.cloudtask.center.jobs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Problem.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One job as a form has it: a JSON object with its runtime and group, in the words of a definition
 * or of a job file. It is judged as the one job of a file.
 */
public final class JobForm {
  private static final String PLACE = "jobs[0]";
  private static final String PACKAGE = "package";
  private static final String FILENAME = "filename";

  private final JobFileText file;
  private final boolean renamed;
  private final String name;

  private JobForm(JobFileText file, boolean renamed, String name) {
    this.file = file;
    this.renamed = renamed;
    this.name = name;
  }

  /** What came of a form. */
  public sealed interface Read {
    /** A definition. */
    record Valid(JobDefinition definition) implements Read {}

    /** Every place to mend, by the names of the form. */
    record Invalid(List<FieldError> errors) implements Read {}
  }

  /** Takes a form as it was sent. */
  public static JobForm of(ObjectNode form) {
    ObjectNode job = form.deepCopy();
    ObjectNode top = JsonNodeFactory.instance.objectNode();
    for (String key : List.of("runtime", "group")) {
      JsonNode value = job.remove(key);
      if (value != null && !value.isNull()) {
        top.set(key, value);
      }
    }
    JsonNode filename = job.remove(FILENAME);
    if (filename != null && !job.has(PACKAGE)) {
      job.set(PACKAGE, filename);
    }
    withoutNulls(job);
    JsonNode name = job.get("name");
    top.putArray("jobs").add(job);
    return new JobForm(
        JobFileText.of(Json.MAPPER.writeValueAsString(top)),
        filename != null,
        name != null && name.isString() ? name.asString() : "");
  }

  /** What is null in a definition is absent in a file. */
  private static void withoutNulls(ObjectNode job) {
    job.properties().stream()
        .filter(entry -> entry.getValue().isNull())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(job::remove);
    JsonNode schedules = job.get("schedules");
    if (schedules != null && schedules.isArray()) {
      schedules.forEach(schedule -> {
        if (schedule instanceof ObjectNode object) {
          withoutNulls(object);
        }
      });
    }
  }

  /** The runtime that it names. */
  public Optional<String> runtime() {
    return file.runtime();
  }

  /** The name that it gives the job; "" when it gives none. */
  public String name() {
    return name;
  }

  /** Turns it into a definition, or into everything that is wrong with it. */
  public Read judge(Surroundings surroundings) {
    return switch (file.judge(surroundings)) {
      case JobFile.Read.Valid(JobFile valid) -> new Read.Valid(valid.jobs().getFirst());
      case JobFile.Read.Invalid(List<FieldError> errors) ->
          new Read.Invalid(errors.stream().map(this::here).toList());
    };
  }

  private FieldError here(FieldError error) {
    String path = error.path();
    if (path.equals(PLACE)) {
      path = "";
    } else if (path.startsWith(PLACE + ".")) {
      path = path.substring(PLACE.length() + 1);
    }
    return new FieldError(renamed && path.equals(PACKAGE) ? FILENAME : path, 0, 0, error.message());
  }
}
