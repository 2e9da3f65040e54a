package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutageTest {
  private static boolean is(@Nullable Throwable cause) {
    return Outage.is(new StoreException("it failed", cause));
  }

  @Test
  void a_store_that_does_not_answer_is_away() {
    assertThat(is(new RuntimeException(new SQLException("connection refused", "08001")))).isTrue();
    assertThat(is(new SQLException("shutting down", "57P01"))).isTrue();
    assertThat(is(new SQLTransientConnectionException("no connection in time"))).isTrue();
    assertThat(is(new SQLException("database is locked", null, 5))).isTrue();
    assertThat(is(new SQLException("disk I/O error", null, 10 + 256))).isTrue();
  }

  @Test
  void a_store_that_answers_with_a_fault_is_not() {
    assertThat(is(new SQLException("no such column", "42703"))).isFalse();
    assertThat(is(new SQLException("duplicate key", "23505"))).isFalse();
    assertThat(is(new SQLException("constraint", null, 19))).isFalse();
    assertThat(is(null)).as("a row that can't be read").isFalse();
    assertThat(Outage.is(new IllegalStateException(new SQLException("x", "08001")))).isFalse();
  }
}
