package io.cloudtask.center.api;

import io.cloudtask.center.exchange.AgentClient;
import io.cloudtask.center.exchange.LiveOutput;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Outputs;
import io.cloudtask.store.Store;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in what a run writes: from its agent while it lives, from the store afterwards. Offsets
 * are the same in both, so a reader does not notice the change.
 */
final class RunOutputs {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final int PART = 256 * 1024;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Store store;
  private final AgentClient agents;

  /** What one look found. */
  private sealed interface Look {
    /** Some bytes, or nothing yet. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Found(byte[] data, long next, boolean end, @Nullable String cut) implements Look {}

    /** It will not do to look again. */
    record Refused(Refusal refusal) implements Look {}

    /** The run has left its agent and is not in the store yet. */
    record Between() implements Look {}
  }

  RunOutputs(Store store, AgentClient agents) {
    this.store = store;
    this.agents = agents;
  }

  /**
   * Reads on in a stream of the run that a call names, from an offset.
   *
   * @param waitSeconds how long to wait for more when there is nothing yet
   */
  Reply read(Call call, String stream, long from, long waitSeconds) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (true) {
      Look look = look(call, stream, from);
      boolean late = System.nanoTime() >= deadline;
      if (look instanceof Look.Refused refused) {
        return Reply.refused(refused.refusal());
      }
      if (look instanceof Look.Found found
          && (late || found.end() || found.data().length > 0 || found.next() > from)) {
        return reply(found);
      }
      if (late) {
        return reply(new Look.Found(new byte[0], from, false, null));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private static Reply reply(Look.Found found) {
    Reply reply =
        Reply.bytes("application/octet-stream", found.data())
            .with(LiveOutput.NEXT, Long.toString(found.next()))
            .with(LiveOutput.END, Boolean.toString(found.end()));
    return found.cut() == null ? reply : reply.with(LiveOutput.CUT, found.cut());
  }

  private Look look(Call call, String stream, long from) {
    record Known(RunView run, Optional<Outputs.Part> part, Optional<AgentRow> agent) {}
    String runid = call.path("runid");
    Known known =
        store.read(tx -> {
          RunView run = RunReference.find(tx, call, runid);
          boolean over = run.state().terminal();
          return new Known(
              run,
              over ? tx.outputs().read(runid, stream, from, PART) : Optional.empty(),
              over ? Optional.empty() : tx.agents().find(run.agentkey()));
        });
    if (known.run().state().terminal()) {
      // Nothing kept is nothing to read: it wrote nothing, or it is older than what is kept.
      return known.part().map(RunOutputs::kept).orElseGet(() -> nothing(from));
    }
    return known
        .agent()
        .map(agent -> live(agent, runid, stream, from))
        .orElseGet(() ->
            new Look.Refused(
                Refusal.of(503, "agent-unreachable", "the agent of the run is not known")));
  }

  private static Look nothing(long from) {
    return new Look.Found(new byte[0], from, true, null);
  }

  private static Look kept(Outputs.Part part) {
    Outputs.Cut cut = part.cut();
    String dropped = cut == null ? null : cut.from() + "-" + cut.to();
    return new Look.Found(part.data(), part.next(), part.end(), dropped);
  }

  private Look live(AgentRow agent, String runid, String stream, long from) {
    return switch (agents.output(agent, runid, stream, from, PART)) {
      case LiveOutput.Part part -> {
        LiveOutput.Cut cut = part.cut();
        String dropped = cut == null ? null : cut.from() + "-" + cut.to();
        yield new Look.Found(part.data(), part.next(), part.end(), dropped);
      }
      case LiveOutput.UnknownRun() -> new Look.Between();
      case LiveOutput.Unreachable(String reason) ->
          new Look.Refused(Refusal.of(503, "agent-unreachable", reason));
    };
  }
}
