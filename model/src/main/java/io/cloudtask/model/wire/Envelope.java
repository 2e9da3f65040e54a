package io.cloudtask.model.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer of every v2 route but {@code _ping}; absent parts do not appear. The texts are spelled
 * as deployed.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Envelope(String content, @Nullable Object data, @Nullable Refusal error) {
  public static final String OK = "request successed.";
  public static final String ACCEPTED = "request accepted.";
  public static final String INVALID = "request resolve invaild.";
  public static final String NOT_FOUND = "request resource not found.";
  public static final String FAULT = "request server exception.";

  /** Why, and what to mend. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Refusal(String code, String message, @Nullable String field) {}

  public static Envelope ok(Object data) {
    return new Envelope(OK, data, null);
  }

  public static Envelope accepted() {
    return new Envelope(ACCEPTED, null, null);
  }

  public static Envelope accepted(Object data) {
    return new Envelope(ACCEPTED, data, null);
  }

  public static Envelope refused(
      String content, String code, String message, @Nullable String field) {
    return new Envelope(content, null, new Refusal(code, message, field));
  }
}
