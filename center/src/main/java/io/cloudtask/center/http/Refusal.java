package io.cloudtask.center.http;

import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.wire.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not served, in no dialect yet.
 *
 * @param status of HTTP, 400 to 599
 * @param code a stable word for programs, such as {@code invalid}, {@code not-found}, {@code
 *     conflict}
 * @param message one sentence for people
 * @param detail what to do about it; null when the message says it
 * @param errors every place to mend
 */
public record Refusal(
    int status,
    String code,
    String message,
    @Nullable String detail,
    List<Problem.FieldError> errors) {
  public Refusal {
    errors = List.copyOf(errors);
  }

  public static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, message, null, List.of());
  }

  /** 400: the request says something that can't be. */
  public static Refusal invalid(String message) {
    return of(400, "invalid", message);
  }

  /** 400, with the one field to mend. */
  public static Refusal invalid(String field, String message) {
    Problem.FieldError error = new Problem.FieldError(field, 0, 0, message);
    return new Refusal(400, "invalid", field + " " + message, null, List.of(error));
  }

  /** 403: a known caller, whose roles do not hold for this. */
  public static Refusal forbidden() {
    return of(403, "forbidden", "your role does not allow this request");
  }

  /** 404. */
  public static Refusal notFound(String message) {
    return of(404, "not-found", message);
  }

  /** 409. */
  public static Refusal conflict(String code, String message) {
    return of(409, code, message);
  }

  /** As the REST API says it. */
  Problem problem() {
    return new Problem(code, message, status, detail, errors);
  }

  /** As the v2 APIs say it, with the texts that deployed clients know. */
  Envelope envelope() {
    String content =
        switch (status) {
          case 404 -> Envelope.NOT_FOUND;
          default -> status >= 500 ? Envelope.FAULT : Envelope.INVALID;
        };
    String text = detail == null ? message : message + " (" + detail + ")";
    String field = errors.isEmpty() ? null : errors.getFirst().path();
    return Envelope.refused(content, code, text, field);
  }
}
