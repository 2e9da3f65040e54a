package io.cloudtask.model;

import io.cloudtask.schedule.ScheduleDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as a person defined it. Immutable; a change of any component is a new version of the job.
 *
 * @param runtime the cluster of hosts on which it may run
 * @param group jobs of a runtime that share owners; a name is unique within (runtime, group)
 * @param name shown to people
 * @param command text of a shell script; what {@code run.sh} executes
 * @param filename the package that is unpacked as the work directory, or ""
 * @param env {@code K=V}, added to the environment of the agent
 * @param timeout seconds, 0 for none, at most 172800
 * @param servers hosts (ip or name) it is pinned to; empty: any of the runtime
 * @param enabled while false nothing is due
 * @param overlap due while running
 * @param missed due while nobody could start it
 * @param startdeadline seconds after its fire time past which it is never started; 0 for none
 * @param guarantee about starts
 * @param ondisconnect seconds after the end of its agent's lease at which what runs of it is
 *     stopped; null: it goes on
 * @param timezone IANA id for schedules that name none; "" means the zone of the host that runs it
 * @param schedules 0..n; without any the job runs by hand only
 * @param description free text
 */
public record JobDefinition(
    String runtime,
    String group,
    String name,
    String command,
    String filename,
    List<String> env,
    long timeout,
    List<String> servers,
    boolean enabled,
    Overlap overlap,
    Missed missed,
    long startdeadline,
    Guarantee guarantee,
    @Nullable Integer ondisconnect,
    String timezone,
    List<ScheduleDefinition> schedules,
    String description) {

  public JobDefinition {
    env = List.copyOf(env);
    servers = List.copyOf(servers);
    schedules = List.copyOf(schedules);
  }

  /** The same job, switched on or off. */
  public JobDefinition withEnabled(boolean value) {
    return new JobDefinition(
        runtime,
        group,
        name,
        command,
        filename,
        env,
        timeout,
        servers,
        value,
        overlap,
        missed,
        startdeadline,
        guarantee,
        ondisconnect,
        timezone,
        schedules,
        description);
  }

  /** The same job under another name. */
  public JobDefinition withName(String value) {
    return new JobDefinition(
        runtime,
        group,
        value,
        command,
        filename,
        env,
        timeout,
        servers,
        enabled,
        overlap,
        missed,
        startdeadline,
        guarantee,
        ondisconnect,
        timezone,
        schedules,
        description);
  }

  /** The same job with other variables, each as {@code NAME=VALUE}. */
  public JobDefinition withEnv(List<String> value) {
    return new JobDefinition(
        runtime,
        group,
        name,
        command,
        filename,
        value,
        timeout,
        servers,
        enabled,
        overlap,
        missed,
        startdeadline,
        guarantee,
        ondisconnect,
        timezone,
        schedules,
        description);
  }

  /** The same job with another package. */
  public JobDefinition withFilename(String value) {
    return new JobDefinition(
        runtime,
        group,
        name,
        command,
        value,
        env,
        timeout,
        servers,
        enabled,
        overlap,
        missed,
        startdeadline,
        guarantee,
        ondisconnect,
        timezone,
        schedules,
        description);
  }
}
