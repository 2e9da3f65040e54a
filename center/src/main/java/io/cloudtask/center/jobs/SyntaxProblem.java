package io.cloudtask.center.jobs;

/** The text can't be read any further. Stays inside this package: it becomes a finding. */
final class SyntaxProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Place place;

  SyntaxProblem(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
  }

  Place place() {
    return place;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
