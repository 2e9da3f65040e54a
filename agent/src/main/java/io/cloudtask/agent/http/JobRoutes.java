package io.cloudtask.agent.http;

import io.cloudtask.agent.http.ActionBody.Read;
import io.cloudtask.agent.http.Route.Call;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.ActionAnswer;
import io.cloudtask.model.wire.Envelope;
import io.cloudtask.model.wire.JobBase;
import java.util.List;

/** The jobs that are held here, and what can be done with them. */
final class JobRoutes {
  private final AgentOperations agent;

  JobRoutes(AgentOperations agent) {
    this.agent = agent;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "jobs", Access.LOCAL_OR_CLUSTER, call -> all()),
        Route.of("PUT", "jobs/action", Access.LOCAL_OR_CLUSTER, this::act),
        Route.of("GET", "jobs/{jobid}", Access.LOCAL_OR_CLUSTER, this::one),
        Route.of("POST", "jobsalloc", Access.LOCAL_OR_CLUSTER, call -> nudge()));
  }

  private Reply all() {
    return Reply.ok(new Jobs(agent.jobs()));
  }

  private Reply one(Call call) {
    String jobId = call.parameter("jobid");
    if (jobId.isBlank()) {
      return Reply.invalid("malformed", "name a job", "jobid");
    }
    return Ids.isJobId(jobId)
        ? agent.job(jobId).map(job -> Reply.ok(new Job(job))).orElseGet(JobRoutes::unknownJob)
        : unknownJob();
  }

  private Reply act(Call call) {
    return switch (ActionBody.read(call.body())) {
      case Read.Invalid invalid ->
          Reply.invalid(invalid.code(), invalid.message(), invalid.field());
      case Read.Valid action -> act(action);
    };
  }

  private Reply act(Read.Valid action) {
    String runtime = agent.node().location();
    if (!action.runtime().equals(runtime)) {
      return Reply.notFound(
          "other-runtime", "this agent belongs to the runtime " + runtime, "runtime");
    }
    if (!Ids.isJobId(action.jobId())) {
      return unknownJob();
    }
    AgentOperations.Outcome outcome =
        switch (action.verb()) {
          case START -> agent.start(action.jobId(), action.runId());
          case STOP -> agent.stop(action.jobId(), action.runId());
        };
    return switch (outcome) {
      case AgentOperations.Outcome.Accepted _ -> Reply.accepted();
      case AgentOperations.Outcome.Going(String runid) -> going(action, runid);
      case AgentOperations.Outcome.UnknownJob _ -> unknownJob();
      case AgentOperations.Outcome.Refused(String code, String message) ->
          Reply.fault(code, message);
    };
  }

  /** Accepted as the manual has it; who names runs is told which one goes instead of its own. */
  private static Reply going(Read.Valid action, String runid) {
    return action.runId() == null
        ? Reply.accepted()
        : Reply.json(202, Envelope.accepted(new ActionAnswer(runid)));
  }

  private Reply nudge() {
    agent.nudge();
    return Reply.json(202, null);
  }

  private static Reply unknownJob() {
    return Reply.notFound("unknown-job", "no job of this id is assigned to this agent", "jobid");
  }

  private record Jobs(List<JobBase> jobbase) {}

  private record Job(JobBase jobbase) {}
}
