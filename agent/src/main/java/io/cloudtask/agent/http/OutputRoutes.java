package io.cloudtask.agent.http;

import io.cloudtask.agent.http.AgentOperations.Output;
import io.cloudtask.agent.http.Route.Call;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.RunOutput;
import java.util.List;
import java.util.OptionalLong;

/** What runs write, while they write it. */
final class OutputRoutes {
  private static final int MOST = 1024 * 1024;
  private static final int USUAL = 64 * 1024;

  private final AgentOperations agent;

  OutputRoutes(AgentOperations agent) {
    this.agent = agent;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "runs/{runid}/output/{stream}", Access.CLUSTER, this::read));
  }

  private Reply read(Call call) {
    String runId = call.parameter("runid");
    String stream = call.parameter("stream");
    if (!Ids.isRunId(runId)) {
      return Reply.invalid("malformed", "a run id has 32 hexadecimal digits", "runid");
    }
    if (!stream.equals(RunOutput.STDOUT) && !stream.equals(RunOutput.STDERR)) {
      return Reply.invalid("malformed", "the stream must be stdout or stderr", "stream");
    }
    OptionalLong from = number(call, "from", 0, Long.MAX_VALUE, 0);
    OptionalLong max = number(call, "max", 1, MOST, USUAL);
    if (from.isEmpty()) {
      return Reply.invalid("malformed", "from must be a number of bytes, 0 or more", "from");
    }
    if (max.isEmpty()) {
      return Reply.invalid("malformed", "max must be from 1 to " + MOST + " bytes", "max");
    }
    return reply(agent.output(runId, stream, from.getAsLong(), (int) max.getAsLong()));
  }

  private static Reply reply(Output output) {
    return switch (output) {
      case Output.Chunk chunk -> chunk(chunk);
      case Output.UnknownRun _ ->
          Reply.notFound("unknown-run", "no run of this id is known to this agent", "runid");
      case Output.Unreadable(String reason) -> Reply.fault("unreadable", reason);
    };
  }

  private static Reply chunk(Output.Chunk chunk) {
    Reply reply =
        Reply.bytes(chunk.data())
            .with("Cloudtask-Next", Long.toString(chunk.next()))
            .with("Cloudtask-End", Boolean.toString(chunk.end()));
    return chunk.cutFrom() < chunk.cutTo()
        ? reply.with("Cloudtask-Cut", chunk.cutFrom() + "-" + chunk.cutTo())
        : reply;
  }

  private static OptionalLong number(Call call, String name, long least, long most, long usual) {
    String text = call.query().get(name);
    if (text == null) {
      return OptionalLong.of(usual);
    }
    if (!text.matches("\\d{1,18}")) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(text);
    return value < least || value > most ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
