package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A {@code ./cloudtask standalone} on free ports, and its data directory. */
public final class Standalone implements AutoCloseable {
  private static final String DATA = "data";

  private final Launched process;
  private final Path data;

  private Standalone(Launched process, Path data) {
    this.process = process;
    this.data = data;
  }

  public static Standalone start(Path home, Path directory)
      throws IOException, InterruptedException {
    Path data = directory.resolve(DATA);
    Launched process =
        Launched.start(
            home,
            directory,
            "standalone",
            "--data",
            data.toString(),
            "--console-port",
            "0",
            "--center-port",
            "0",
            "--agent-port",
            "0",
            "--coordinator-port",
            "0");
    return new Standalone(process, data);
  }

  public Launched process() {
    return process;
  }

  public Rest api() throws IOException {
    return Rest.of(process.ready("console"), data.resolve("admin-token"));
  }

  /** Its store, to look into beside it: what is there is committed. */
  public Connection store() throws SQLException {
    return connect(data);
  }

  /** The store of one that does not run now, by the directory in which it was started. */
  public static Connection store(Path directory) throws SQLException {
    return connect(directory.resolve(DATA));
  }

  private static Connection connect(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("cloudtask.db"));
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
