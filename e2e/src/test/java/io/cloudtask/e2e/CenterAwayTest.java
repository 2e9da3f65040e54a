package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent does not reach the center for a while. Its job of every second goes on, and what it has
 * to tell arrives afterwards. {@code -Dcloudtask.e2e.outage=60} makes that while as many seconds.
 */
class CenterAwayTest {
  private static final int SECONDS = Integer.getInteger("cloudtask.e2e.outage", 6);

  @TempDir Path dir;

  @Test
  void all_reports_arrive_afterwards_once_each() throws Exception {
    Witness witness = new Witness(dir.resolve("witness"));
    Path outage = dir.resolve("outage");
    try (StandaloneProcess process =
        StandaloneProcess.startWithOutage(dir.resolve("data"), outage)) {
      Api api = process.api();
      api.apply(tick(witness));
      awaitStarts(witness, 3);

      Files.createFile(outage);
      await().atMost(Duration.ofSeconds(10)).until(() -> !answers(process.center()));
      awaitStarts(witness, witness.starts().size() + SECONDS);
      String unheard = witness.starts().getLast().runId();
      assertThat(api.runs("tick")).extracting(RunView::runid).doesNotContain(unheard);
      Files.delete(outage);

      api.post("/api/v1/jobs/tick/disable");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> eachRunIsKnownOnceWithItsOutput(api, witness.starts()));
      witness.nothingStartedTwice();
      witness.everySecondIsAnswered(
          api, "tick", at(witness.starts().getFirst()), at(witness.starts().getLast()));
    }
  }

  private static void eachRunIsKnownOnceWithItsOutput(Api api, List<Witness.Start> starts) {
    List<RunView> runs = api.runs("tick");
    assertThat(runs)
        .extracting(RunView::runid)
        .containsExactlyInAnyOrderElementsOf(starts.stream().map(Witness.Start::runId).toList());
    assertThat(runs).extracting(RunView::state).containsOnly(RunState.SUCCEEDED);
    for (RunView run : runs) {
      assertThat(api.output(run.runid(), "stdout")).isEqualTo("told once\n");
    }
  }

  private static String tick(Witness witness) {
    return "runtime: local\njobs:\n  - name: tick\n    command: |\n      echo told once\n      "
        + witness.command()
        + "\n    schedules: [{every: 1s}]\n";
  }

  private static void awaitStarts(Witness witness, int count) {
    await()
        .atMost(Duration.ofSeconds(30L + 2L * SECONDS))
        .until(() -> witness.starts().size() >= count);
  }

  private static Instant at(Witness.Start start) {
    return Instant.parse(start.fireTime());
  }

  private static boolean answers(URI address) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
