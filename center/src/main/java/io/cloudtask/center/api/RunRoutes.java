package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.Ids;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.RunQuery;
import io.cloudtask.store.Tx;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
        Routes.get("/api/v1/runs").allow(Role.readers()).handle(this::list),
        Routes.get("/api/v1/runs/{runid}").allow(Role.readers()).handle(this::show),
        Routes.get("/api/v1/runs/{runid}/output/{stream}")
            .allow(Role.readers())
            .handle(this::output));
  }

  private Reply list(Call call) {
    Paging paging = Paging.of(call.query());
    Set<RunState> states = states(call.query().text("state").orElse(""));
    Page<RunView> page =
        parts
            .store()
            .read(tx -> {
              String job =
                  call.query().text("job").map(reference -> jobid(tx, reference)).orElse(null);
              return tx.runs()
                  .list(new RunQuery(job, states, null, paging.limit(), paging.after()));
            });
    return Reply.ok(page);
  }

  /** Runs outlive their job, so an id is taken as it is. */
  private static String jobid(Tx tx, String reference) {
    return Ids.isJobId(reference) ? reference : JobReference.find(tx, reference).jobid();
  }

  private static Set<RunState> states(String text) {
    Set<RunState> states = EnumSet.noneOf(RunState.class);
    for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      try {
        states.add(RunState.valueOf(word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        String allowed =
            String.join(
                ", ",
                EnumSet.allOf(RunState.class).stream()
                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                    .toList());
        throw new RefusedException(
            Refusal.invalid("state", "is not one or more (comma separated) of " + allowed));
      }
    }
    return states;
  }

  private Reply show(Call call) {
    String runid = call.path("runid");
    Optional<RunView> run = parts.store().read(tx -> tx.runs().find(runid));
    return run.map(Reply::ok)
        .orElseGet(() -> Reply.refused(Refusal.notFound("there is no run " + runid)));
  }

  private Reply output(Call call) throws InterruptedException {
    long from = call.query().number("from", 0, Long.MAX_VALUE, 0);
    long wait = call.query().number("wait", 0, RunOutputs.LONGEST_WAIT.toSeconds(), 0);
    return outputs.read(call.path("runid"), call.path("stream"), from, wait);
  }
}
