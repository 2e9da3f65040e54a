package io.cloudtask.store;

import java.time.Instant;
import java.util.Optional;

record SqlLeadership(Session session) implements Leadership {
  @Override
  public long take(String centerkey, Instant now) {
    return session
        .handle()
        .select(
            """
            INSERT INTO leader (id, epoch, centerkey, since) VALUES (1, 1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET epoch = leader.epoch + 1, centerkey = excluded.centerkey,
              since = excluded.since
            RETURNING epoch
            """,
            centerkey,
            now.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean holds(long epoch) {
    return session
        .handle()
        .select(session.locked("SELECT epoch FROM leader WHERE id = 1"))
        .mapTo(Long.class)
        .findOne()
        .filter(current -> current == epoch)
        .isPresent();
  }

  @Override
  public Optional<LeaderRow> current() {
    return session
        .handle()
        .select("SELECT * FROM leader WHERE id = 1")
        .map((row, context) ->
            new LeaderRow(
                row.getLong("epoch"), row.getString("centerkey"), Columns.instant(row, "since")))
        .findOne();
  }
}
