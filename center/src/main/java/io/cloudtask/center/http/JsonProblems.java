package io.cloudtask.center.http;

import io.cloudtask.model.rest.Problem.FieldError;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says where a JSON body is wrong, without the names of our classes. */
final class JsonProblems {
  private JsonProblems() {}

  static Refusal refusal(JacksonException problem) {
    String path = path(problem);
    TokenStreamLocation location = problem.getLocation();
    int line = location == null ? 0 : Math.max(0, location.getLineNr());
    int column = location == null ? 0 : Math.max(0, location.getColumnNr());
    String message = message(problem);
    String place = line > 0 ? " at line " + line + ", column " + column : "";
    String field = path.isEmpty() ? "" : " in " + path;
    return new Refusal(
        400,
        "invalid",
        "the body is not the JSON expected here" + field + place,
        message,
        List.of(new FieldError(path, line, column, message)));
  }

  private static String path(JacksonException problem) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : problem.getPath()) {
      if (step.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      } else if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static String message(JacksonException problem) {
    if (problem instanceof StreamConstraintsException) {
      return "nested too deeply, or a name, text or number that is too long";
    }
    String message = problem.getOriginalMessage();
    if (message == null || message.contains("io.cloudtask") || message.contains("java.")) {
      return "a value has the wrong type, or one that must be there is absent";
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
