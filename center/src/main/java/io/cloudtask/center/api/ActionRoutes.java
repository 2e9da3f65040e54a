package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.exchange.AgentClient.Told;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.Ids;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.JobRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Starts and stops, handed on to the agent that holds the job. */
final class ActionRoutes {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final ApiRoutes.Parts parts;

  /** Begins what is remembered of a request that started nothing, before the run that went on. */
  private static final String GOING = "going ";

  ActionRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.post("/api/v1/jobs/{ref}/start")
            .allow(Role.operators())
            .scoped()
            .handle(call -> start(call, call.path("ref"))),
        Routes.post("/api/v1/jobs/{ref}/stop")
            .allow(Role.operators())
            .scoped()
            .handle(call -> stop(call, call.path("ref"))),
        Routes.post("/api/v1/runs/{runid}/rerun")
            .allow(Role.operators())
            .scoped()
            .handle(this::rerun),
        Routes.post("/api/v1/runs/{runid}/stop")
            .allow(Role.operators())
            .scoped()
            .handle(this::stopRun));
  }

  /**
   * What a start answers.
   *
   * @param runid the run that it starts, or the one that is not over yet
   * @param started false: the latter, and no run was started
   */
  record Started(String runid, boolean started) {}

  /** A job and the agent that holds it. */
  private record Held(JobRow job, AgentRow agent) {}

  Reply start(Call call, String ref) {
    Held held = held(call, ref);
    String jobid = held.job().jobid();
    Instant now = parts.clock().instant();
    Optional<String> key = key(call);
    String fresh = Ids.manualRunId(jobid, key.orElseGet(UUID.randomUUID()::toString), now);
    Optional<String> request = key.map(given -> "start/" + jobid + "/" + given);
    String runid = request.map(known -> once(known, fresh, now)).orElse(fresh);
    if (runid.startsWith(GOING)) {
      return Reply.json(202, new Started(runid.substring(GOING.length()), false));
    }
    Told told = parts.agents().start(held.agent(), jobid, runid);
    if (told instanceof Told.Going(String going) && request.isPresent()) {
      parts.store().execute(tx -> tx.requests().replace(request.get(), GOING + going));
    }
    return answer(call, "job.start", jobid, told, new Started(runid, true));
  }

  Reply stop(Call call, String ref) {
    Held held = held(call, ref);
    Told told = parts.agents().stop(held.agent(), held.job().jobid(), null);
    return answer(call, "job.stop", held.job().jobid(), told, Map.of());
  }

  private Reply rerun(Call call) {
    String runid = call.path("runid");
    RunView run = parts.store().read(tx -> RunReference.find(tx, call, runid));
    return start(call, run.jobid());
  }

  private Reply stopRun(Call call) {
    String runid = call.path("runid");
    RunView run = parts.store().read(tx -> RunReference.find(tx, call, runid));
    if (run.state().terminal()) {
      return Reply.json(202, Map.of());
    }
    Optional<AgentRow> agent = parts.store().read(tx -> tx.agents().find(run.agentkey()));
    if (agent.isEmpty()) {
      return Reply.refused(Refusal.conflict("no-agent", "the agent of the run is not known here"));
    }
    Told told = parts.agents().stop(agent.get(), run.jobid(), runid);
    return answer(call, "run.stop", runid, told, Map.of());
  }

  private Held held(Call call, String ref) {
    return parts
        .store()
        .read(tx -> {
          JobRow job = JobReference.find(tx, call, ref);
          AgentRow agent =
              Optional.ofNullable(job.agentkey())
                  .flatMap(tx.agents()::find)
                  .orElseThrow(() -> nobody(job));
          return new Held(job, agent);
        });
  }

  private static RefusedException nobody(JobRow job) {
    String why = job.execerr().isEmpty() ? "" : ": " + job.execerr();
    return new RefusedException(Refusal.conflict("no-agent", "no agent holds the job" + why));
  }

  private static Optional<String> key(Call call) {
    Optional<String> key = call.header("Idempotency-Key");
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      throw new RefusedException(
          Refusal.invalid("Idempotency-Key", "is not 1 to 128 printable characters"));
    }
    return key;
  }

  /** The same request has the same outcome, so that repeating it starts nothing twice. */
  private String once(String request, String runid, Instant now) {
    return parts.store().write(tx -> tx.requests().once(request, runid, now));
  }

  private Reply answer(Call call, String what, String object, Told told, Object answer) {
    return switch (told) {
      case Told.Accepted() -> {
        AuditRow row = call.audit(parts.clock().instant(), what, object, "");
        parts.store().execute(tx -> tx.audit().add(row));
        yield Reply.json(202, answer);
      }
      case Told.Going(String runid) -> Reply.json(202, new Started(runid, false));
      case Told.Refused(int status, String message) ->
          Reply.refused(
              Refusal.of(status == 404 || status == 409 ? 409 : 502, "agent-refused", message));
      case Told.Unreachable(String reason) ->
          Reply.refused(Refusal.of(503, "agent-unreachable", reason));
    };
  }
}
