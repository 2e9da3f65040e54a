package io.cloudtask.center.api;

import io.cloudtask.center.exchange.AgentClient;
import io.cloudtask.center.exchange.LiveOutput;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Outputs;
import io.cloudtask.store.Store;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads any part of what a run wrote, with the size of the whole: from its agent while it lives,
 * from the store afterwards.
 */
final class OutputRange {
  static final int USUAL = 256 * 1024;
  static final int MOST = 1024 * 1024;

  /** The size of the stream so far, what was dropped included. */
  static final String SIZE = "Cloudtask-Size";

  /** Where the bytes begin. */
  static final String FROM = "Cloudtask-From";

  /** An offset behind every stream: an agent answers with its end. */
  private static final long BEYOND = 99_999_999_999_999_999L;

  private final Store store;
  private final AgentClient agents;

  OutputRange(Store store, AgentClient agents) {
    this.store = store;
    this.agents = agents;
  }

  /** A part of a stream. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Part(byte[] data, long next, boolean end, @Nullable String cut) {}

  /** Where parts come from. */
  private interface Source {
    long size();

    Part part(long from, int most);
  }

  /**
   * Bytes of a stream of the run that a call names, from an offset on.
   *
   * @param offset below 0: so many before the end
   * @param limit most bytes
   */
  Reply read(Call call, String stream, long offset, int limit) {
    String runid = call.path("runid");
    record Known(RunView run, Optional<AgentRow> agent) {}
    Known known =
        store.read(tx -> {
          RunView run = RunReference.find(tx, call, runid);
          return new Known(run, tx.agents().find(run.agentkey()));
        });
    RunView run = known.run();
    Source source =
        run.state().terminal()
            ? new Kept(runid, stream, size(run, stream))
            : new Live(known.agent().orElseThrow(OutputRange::away), runid, stream);
    return reply(source, offset, limit);
  }

  private static long size(RunView run, String stream) {
    return run.outputs().stream()
        .filter(output -> output.stream().equals(stream))
        .mapToLong(RunView.Output::size)
        .findFirst()
        .orElse(0);
  }

  private static RefusedException away() {
    return new RefusedException(
        Refusal.of(503, "agent-unreachable", "the agent of the run is not known"));
  }

  private static Reply reply(Source source, long offset, int limit) {
    long size = source.size();
    long from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Part part = source.part(from, limit);
    long begin = part.next() - part.data().length;
    String cut = part.cut();
    while (true) {
      bytes.writeBytes(part.data());
      boolean full = bytes.size() >= limit;
      if (part.end() || full || part.data().length == 0) {
        break;
      }
      Part more = source.part(part.next(), limit - bytes.size());
      if (more.cut() != null) {
        break; // what was dropped is told with the part behind it
      }
      part = more;
    }
    Reply reply =
        Reply.bytes("application/octet-stream", bytes.toByteArray())
            .with(SIZE, Long.toString(Math.max(size, part.next())))
            .with(FROM, Long.toString(begin))
            .with(LiveOutput.NEXT, Long.toString(part.next()))
            .with(LiveOutput.END, Boolean.toString(part.end()));
    return cut == null ? reply : reply.with(LiveOutput.CUT, cut);
  }

  private static @Nullable String text(long from, long to) {
    return from < to ? from + "-" + to : null;
  }

  /** Of a run that is over. */
  private final class Kept implements Source {
    private final String runid;
    private final String stream;
    private final long size;

    private Kept(String runid, String stream, long size) {
      this.runid = runid;
      this.stream = stream;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public Part part(long from, int most) {
      return store
          .read(tx -> tx.outputs().read(runid, stream, from, most))
          .map(part -> {
            Outputs.Cut cut = part.cut();
            String dropped = cut == null ? null : text(cut.from(), cut.to());
            return new Part(part.data(), part.next(), part.end(), dropped);
          })
          .orElseGet(() -> new Part(new byte[0], from, true, null));
    }
  }

  /** Of a run that is going. */
  private final class Live implements Source {
    private final AgentRow agent;
    private final String runid;
    private final String stream;

    private Live(AgentRow agent, String runid, String stream) {
      this.agent = agent;
      this.runid = runid;
      this.stream = stream;
    }

    @Override
    public long size() {
      return part(BEYOND, 1).next();
    }

    @Override
    public Part part(long from, int most) {
      return switch (agents.output(agent, runid, stream, from, most)) {
        case LiveOutput.Part part -> {
          LiveOutput.Cut cut = part.cut();
          String dropped = cut == null ? null : text(cut.from(), cut.to());
          yield new Part(part.data(), part.next(), part.end(), dropped);
        }
        case LiveOutput.UnknownRun() ->
            throw new RefusedException(
                Refusal.of(503, "between", "the run has just ended; ask again"));
        case LiveOutput.Unreachable(String reason) ->
            throw new RefusedException(Refusal.of(503, "agent-unreachable", reason));
      };
    }
  }
}
