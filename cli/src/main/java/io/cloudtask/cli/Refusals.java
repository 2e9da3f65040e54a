package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a center's refusal says to a person. */
final class Refusals {
  private Refusals() {}

  /** Reads problem details, the older envelope of the package store, or anything else. */
  static Failure of(int status, byte[] body, Target target) {
    Problem problem = problem(status, body);
    return new Failure(sentence(problem, target), problem);
  }

  /** Every place to mend, one a line, as compilers print them. */
  static String places(Problem problem, String file) {
    StringBuilder text = new StringBuilder();
    for (Problem.FieldError error : problem.errors()) {
      text.append(file).append(':');
      if (error.line() > 0) {
        text.append(error.line()).append(':').append(Math.max(1, error.column())).append(':');
      }
      text.append(' ').append(place(error)).append('\n');
    }
    return text.toString();
  }

  /** Every place to mend of what is no file, without those that the title has told already. */
  static String places(Problem problem) {
    StringBuilder text = new StringBuilder();
    for (Problem.FieldError error : problem.errors()) {
      if (!problem.title().contains(error.message())) {
        text.append("  ").append(place(error)).append('\n');
      }
    }
    return text.toString();
  }

  private static String place(Problem.FieldError error) {
    return (error.path().isEmpty() ? "" : error.path() + ": ") + error.message();
  }

  private static String sentence(Problem problem, Target target) {
    String said = problem.title() + (problem.detail() == null ? "" : ": " + problem.detail());
    return switch (problem.status()) {
      case 401 ->
          target.token() == null
              ? target.url()
                  + " wants a token: give --token, CLOUDTASK_TOKEN, or --data with the directory"
                  + " of the standalone on this machine"
              : target.url() + " does not know this token: " + said;
      case 403 -> "not allowed: " + said;
      default -> said;
    };
  }

  private static Problem problem(int status, byte[] body) {
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      if (json.path("title").isString()) {
        Problem problem = Json.MAPPER.treeToValue(json, Problem.class);
        return new Problem(
            word(problem.type()), problem.title(), status, problem.detail(), errors(problem));
      }
      if (json.path("error").path("message").isString()) {
        JsonNode error = json.path("error");
        return Problem.of(
            error.path("code").asString("refused"), status, error.path("message").asString());
      }
    } catch (JacksonException e) {
      return foreign(status, body);
    }
    return foreign(status, body);
  }

  // The records are written by another process: what its version left out arrives as null.
  @SuppressWarnings("NullAway")
  private static List<Problem.FieldError> errors(Problem problem) {
    return problem.errors() == null ? List.of() : problem.errors();
  }

  @SuppressWarnings("NullAway")
  private static String word(String type) {
    return type == null ? "refused" : type;
  }

  private static Problem foreign(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    String start = Text.line(text.length() > 200 ? text.substring(0, 200) + "…" : text);
    return Problem.of(
        "refused", status, "the server answered " + status + (start.isEmpty() ? "" : ": " + start));
  }
}
