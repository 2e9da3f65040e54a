package io.cloudtask.center.jobs;

import io.cloudtask.model.rest.Problem.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Everything that is wrong with one text. Belongs to one thread. */
final class Findings {
  /** Nobody mends more in one go, and an answer has to end. */
  private static final int MOST = 200;

  private final List<FieldError> errors = new ArrayList<>();
  private int more;

  void add(String path, Place place, String message) {
    add(path, place, () -> message);
  }

  /** For a message that costs something; it is not asked for when nobody would see it. */
  void add(String path, Place place, Supplier<String> message) {
    if (errors.size() == MOST) {
      more++;
      return;
    }
    errors.add(new FieldError(path, place.line(), place.column(), message.get()));
  }

  boolean none() {
    return errors.isEmpty();
  }

  int size() {
    return errors.size() + more;
  }

  /** In the order of the text. */
  List<FieldError> list() {
    List<FieldError> sorted = new ArrayList<>(errors);
    sorted.sort(Comparator.comparingInt(FieldError::line).thenComparingInt(FieldError::column));
    if (more > 0) {
      sorted.add(new FieldError("", 0, 0, "and " + more + " more mistakes"));
    }
    return List.copyOf(sorted);
  }
}
