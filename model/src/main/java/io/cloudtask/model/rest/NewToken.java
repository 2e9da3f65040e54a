package io.cloudtask.model.rest;

/**
 * A token that was just made.
 *
 * @param value what it is; nobody can show it again
 */
public record NewToken(TokenView token, String value) {
  /** Without the value. */
  @Override
  public String toString() {
    return "NewToken[" + token.name() + "]";
  }
}
