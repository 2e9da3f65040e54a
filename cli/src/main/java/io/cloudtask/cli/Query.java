package io.cloudtask.cli;

import org.jspecify.annotations.Nullable;

/** A path with query parameters; absent ones are left out. */
record Query(String text) {
  Query with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    char separator = text.indexOf('?') < 0 ? '?' : '&';
    return new Query(text + separator + name + '=' + Api.segment(value));
  }
}
