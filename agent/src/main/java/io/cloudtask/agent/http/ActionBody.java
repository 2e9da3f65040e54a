package io.cloudtask.agent.http;

import io.cloudtask.model.Ids;
import io.cloudtask.model.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the body of an action, and says which field is wrong. */
final class ActionBody {
  private ActionBody() {}

  /** The two things that can be asked of a job. */
  enum Verb {
    START,
    STOP
  }

  /** What came of reading. */
  sealed interface Read {
    /** Every field has the form it should have. */
    record Valid(String runtime, String jobId, Verb verb, @Nullable String runId) implements Read {}

    /**
     * One has not.
     *
     * @param field null when the body as a whole is wrong
     */
    record Invalid(String code, String message, @Nullable String field) implements Read {}
  }

  static Read read(byte[] body) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      return malformed("the body is not JSON, or something follows it: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      return malformed("send a JSON object with runtime, jobid and action");
    }
    for (String field : new String[] {"runtime", "jobid", "action"}) {
      JsonNode value = json.get(field);
      if (value == null || !value.isString() || value.stringValue().isBlank()) {
        return new Read.Invalid("malformed", field + " must be a text and not empty", field);
      }
    }
    return verb(json);
  }

  private static Read verb(JsonNode json) {
    JsonNode runId = json.get("runid");
    if (runId != null
        && !runId.isNull()
        && !(runId.isString() && Ids.isRunId(runId.stringValue()))) {
      return new Read.Invalid("malformed", "runid must be 32 hexadecimal digits", "runid");
    }
    String run = runId == null || runId.isNull() ? null : runId.stringValue();
    String runtime = json.get("runtime").stringValue();
    String jobId = json.get("jobid").stringValue();
    return switch (json.get("action").stringValue().strip().toLowerCase(Locale.ROOT)) {
      case "start" -> new Read.Valid(runtime, jobId, Verb.START, run);
      case "stop" -> new Read.Valid(runtime, jobId, Verb.STOP, run);
      default -> new Read.Invalid("unknown-action", "action must be start or stop", "action");
    };
  }

  private static Read malformed(String message) {
    return new Read.Invalid("malformed", message, null);
  }
}
