package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any moment loses nothing that it acknowledged. */
class SqliteKillTest {
  @TempDir Path folder;

  @Test
  void everything_acknowledged_before_a_kill_is_there_and_once() throws Exception {
    for (int enough : new int[] {3, 40, 170}) {
      long acknowledged = writeUntil(enough);
      try (Store store = Store.open(folder.resolve("cloudtask.db"), Clock.systemUTC())) {
        long batches = batches(store);
        assertThat(batches)
            .as("one that was not acknowledged may be there, but whole")
            .isBetween(acknowledged, acknowledged + 1);
        assertThat(runs(store)).hasSize(Math.toIntExact(batches * (KilledWriter.SECONDS - 1)));
      }
    }
  }

  /** Returns the last batch that the process acknowledged before it was killed. */
  private long writeUntil(int enough) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.resolve("cloudtask.db").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      long last = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Long.parseLong(line);
        if (last >= enough) {
          // By its handle, because a process that is told itself drops what it has printed.
          process.toHandle().destroyForcibly();
        }
      }
      assertThat(last).as("it got that far").isGreaterThanOrEqualTo(enough);
      return last;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static long batches(Store store) {
    return store.<Integer>read(tx ->
        tx.ledger()
            .gaps(StoreContract.JOB, StoreContract.NOW, StoreContract.at(1 << 20), 1 << 20)
            .size());
  }

  private static Set<String> runs(Store store) {
    Set<String> seen = new HashSet<>();
    @Nullable String after = null;
    do {
      RunQuery query =
          new RunQuery(Scope.EVERYTHING, StoreContract.JOB, Set.of(), null, RunQuery.MAX, after);
      var page = store.read(tx -> tx.runs().list(query));
      page.items().forEach(run -> assertThat(seen.add(run.runid())).isTrue());
      after = page.next();
    } while (after != null);
    return seen;
  }
}
