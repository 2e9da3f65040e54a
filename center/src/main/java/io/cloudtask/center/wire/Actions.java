package io.cloudtask.center.wire;

import io.cloudtask.center.exchange.AgentClient;
import io.cloudtask.center.exchange.AgentClient.Told;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Store;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands an action on to the agent that holds the job. Thread-safe. */
public final class Actions {
  private enum Verb {
    START,
    STOP
  }

  private final Store store;
  private final AgentClient agents;
  private final Clock clock;

  public Actions(Store store, AgentClient agents, Clock clock) {
    this.store = store;
    this.agents = agents;
    this.clock = clock;
  }

  Reply act(Call call) {
    ActionRequest request = call.json(ActionRequest.class);
    Verb verb = verb(request.action());
    String jobid = request.jobid();
    if (jobid == null || !Ids.isJobId(jobid)) {
      throw refused("jobid", "is not 24 lower-case hex digits");
    }
    String runid = request.runid();
    if (runid != null && !Ids.isRunId(runid)) {
      throw refused("runid", "is not 32 lower-case hex digits");
    }
    String runtime = request.runtime();
    if (runtime == null || runtime.isBlank()) {
      throw refused("runtime", "is absent");
    }
    Refusal unknown = Refusal.notFound("the runtime \"" + runtime + "\" has no job " + jobid);
    JobRow job =
        store
            .read(tx -> tx.jobs().find(jobid))
            .filter(row -> row.definition().runtime().equals(runtime))
            .orElseThrow(() -> new RefusedException(unknown));
    call.require(runtime, job.definition().group(), unknown);
    Told told = tell(verb, job, runid);
    if (told instanceof Told.Accepted) {
      String what = verb == Verb.START ? "job.start" : "job.stop";
      store.execute(tx -> tx.audit().add(call.audit(clock.instant(), what, jobid, "")));
    }
    return reply(told);
  }

  private Told tell(Verb verb, JobRow job, @Nullable String runid) {
    Optional<AgentRow> agent =
        store.read(tx -> Optional.ofNullable(job.agentkey()).flatMap(tx.agents()::find));
    if (agent.isEmpty()) {
      String why = job.execerr().isEmpty() ? "" : ": " + job.execerr();
      return new Told.Refused(409, "no agent holds the job" + why);
    }
    return switch (verb) {
      case START -> agents.start(agent.get(), job.jobid(), runid == null ? newRun(job) : runid);
      case STOP -> agents.stop(agent.get(), job.jobid(), runid);
    };
  }

  private String newRun(JobRow job) {
    return Ids.manualRunId(job.jobid(), UUID.randomUUID().toString(), clock.instant());
  }

  private static Reply reply(Told told) {
    return switch (told) {
      case Told.Accepted(), Told.Going(_) -> Reply.accepted();
      case Told.Refused(int status, String message) ->
          Reply.refused(
              Refusal.of(status == 404 || status == 409 ? status : 502, "agent", message));
      case Told.Unreachable(String reason) ->
          Reply.refused(Refusal.of(503, "agent-unreachable", reason));
    };
  }

  private static Verb verb(@Nullable String action) {
    return switch (action == null ? "" : action.toLowerCase(Locale.ROOT)) {
      case "start" -> Verb.START;
      case "stop" -> Verb.STOP;
      default -> throw refused("action", "is not start or stop");
    };
  }

  private static RefusedException refused(String field, String message) {
    return new RefusedException(Refusal.invalid(field, message));
  }
}
