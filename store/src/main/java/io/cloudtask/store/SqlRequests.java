package io.cloudtask.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

record SqlRequests(Handle handle) implements Requests {
  @Override
  public String once(String key, String result, Instant now) {
    handle.execute(
        """
        INSERT INTO request (requestkey, result, madeat) VALUES (?, ?, ?)
        ON CONFLICT (requestkey) DO NOTHING
        """,
        key,
        result,
        now.toEpochMilli());
    return handle
        .select("SELECT result FROM request WHERE requestkey = ?", key)
        .mapTo(String.class)
        .one();
  }

  @Override
  public void replace(String key, String result) {
    handle.execute("UPDATE request SET result = ? WHERE requestkey = ?", result, key);
  }
}
