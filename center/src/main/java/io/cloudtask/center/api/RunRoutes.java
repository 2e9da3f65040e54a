package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import java.util.List;

/** Runs, and what they wrote. */
final class RunRoutes {
  private final ApiRoutes.Parts parts;
  private final RunOutputs outputs;

  RunRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
    this.outputs = new RunOutputs(parts.store(), parts.agents());
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/runs/{runid}").allow(Role.readers()).scoped().handle(this::show),
        Routes.get("/api/v1/runs/{runid}/output/{stream}")
            .allow(Role.readers())
            .scoped()
            .handle(this::output));
  }

  private Reply show(Call call) {
    String runid = call.path("runid");
    return Reply.ok(parts.store().read(tx -> RunReference.find(tx, call, runid)));
  }

  private Reply output(Call call) throws InterruptedException {
    if (call.query().text("offset").isPresent()) {
      long offset = call.query().number("offset", Long.MIN_VALUE, Long.MAX_VALUE, 0);
      int limit = (int) call.query().number("limit", 1, OutputRange.MOST, OutputRange.USUAL);
      return new OutputRange(parts.store(), parts.agents())
          .read(call, call.path("stream"), offset, limit);
    }
    long from = call.query().number("from", 0, Long.MAX_VALUE, 0);
    long wait = call.query().number("wait", 0, RunOutputs.LONGEST_WAIT.toSeconds(), 0);
    return outputs.read(call, call.path("stream"), from, wait);
  }
}
