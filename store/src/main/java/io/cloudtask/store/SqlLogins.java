package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

record SqlLogins(Handle handle) implements Logins {
  /** One statement, so that tries at the same moment are counted one after another. */
  @Override
  public Tries count(String subject, Instant now, Duration span) {
    long over = now.minus(span).toEpochMilli();
    return handle
        .select(
            """
            INSERT INTO login (subject, sinceat, tries) VALUES (?, ?, 1)
            ON CONFLICT (subject) DO UPDATE SET
              tries = CASE WHEN login.sinceat <= ? THEN 1 ELSE login.tries + 1 END,
              sinceat = CASE WHEN login.sinceat <= ? THEN excluded.sinceat ELSE login.sinceat END
            RETURNING tries, sinceat
            """,
            Columns.text(subject),
            now.toEpochMilli(),
            over,
            over)
        .map((row, context) -> new Tries(row.getInt("tries"), Columns.instant(row, "sinceat")))
        .one();
  }

  @Override
  public void forgive(String subject) {
    handle.execute("UPDATE login SET tries = tries - 1 WHERE subject = ? AND tries > 0", subject);
  }

  @Override
  public void forget(String subject) {
    handle.execute("DELETE FROM login WHERE subject = ?", subject);
  }
}
