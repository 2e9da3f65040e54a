package io.cloudtask.model.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as problem details (RFC 9457, {@code application/problem+json}).
 *
 * @param type a stable word for programs, such as {@code invalid}, {@code not-found}, {@code
 *     conflict}
 * @param title one sentence for people
 * @param status of HTTP
 * @param detail what to do about it
 * @param errors every place to mend
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type, String title, int status, @Nullable String detail, List<FieldError> errors) {

  /**
   * One place to mend.
   *
   * @param path for example {@code jobs[2].schedules[0].monthly.day}
   * @param line in the text that was sent, from 1; 0 when it has none
   * @param column from 1; 0 when unknown
   * @param message what is wrong, and what is allowed
   */
  public record FieldError(String path, int line, int column, String message) {}

  public static Problem of(String type, int status, String title) {
    return new Problem(type, title, status, null, List.of());
  }

  public static Problem of(String type, int status, String title, String detail) {
    return new Problem(type, title, status, detail, List.of());
  }
}
