package io.cloudtask.coordination;

import org.jspecify.annotations.Nullable;

/** One node can't be read, whoever asks: it holds something else, or belongs to another cluster. */
final class UnreadableException extends CoordinationException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  UnreadableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
