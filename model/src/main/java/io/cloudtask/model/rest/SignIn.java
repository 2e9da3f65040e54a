package io.cloudtask.model.rest;

/** The body that opens a session. */
public record SignIn(String name, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "SignIn[" + name + "]";
  }
}
