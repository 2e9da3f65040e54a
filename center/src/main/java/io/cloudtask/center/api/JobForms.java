package io.cloudtask.center.api;

import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.jobs.JobForm;
import io.cloudtask.center.jobs.Surroundings;
import io.cloudtask.center.secrets.Sealing;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.PackageView;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges the forms of jobs against the store. */
final class JobForms {
  private final Sealing sealing;
  private final Clock clock;

  JobForms(Sealing sealing, Clock clock) {
    this.sealing = sealing;
    this.clock = clock;
  }

  /**
   * The definition of a form, for a caller who may define jobs where it puts the job.
   *
   * @param before the job that it changes; null for a new one
   * @throws RefusedException with every place to mend
   */
  JobDefinition definition(Tx tx, Call call, JobForm form, @Nullable JobRow before) {
    return switch (read(tx, call, form, before)) {
      case JobForm.Read.Valid(JobDefinition definition) -> {
        call.require(definition.runtime(), definition.group(), Refusal.forbidden());
        yield definition;
      }
      case JobForm.Read.Invalid(List<FieldError> errors) ->
          throw new RefusedException(
              new Refusal(400, "invalid", "the job can't be saved", null, errors));
    };
  }

  /**
   * What a form says, for whoever may see; that the name is taken is one of the mistakes, when the
   * caller may see who has it.
   */
  JobForm.Read read(Tx tx, Call call, JobForm form, @Nullable JobRow before) {
    JobForm.Read read = form.judge(surroundings(tx, call.sight(), form, before));
    if (read instanceof JobForm.Read.Valid(JobDefinition wanted)) {
      return tx.jobs()
          .find(wanted.runtime(), wanted.group(), wanted.name())
          .filter(other -> call.sight().covers(wanted.runtime(), wanted.group()))
          .filter(other -> before == null || !other.jobid().equals(before.jobid()))
          .<JobForm.Read>map(other -> new JobForm.Read.Invalid(List.of(taken(other))))
          .orElse(read);
    }
    return read;
  }

  private static FieldError taken(JobRow other) {
    String message =
        "the group has a job of that name already (" + other.jobid() + "); choose another name";
    return new FieldError("name", 0, 0, message);
  }

  private Surroundings surroundings(Tx tx, Scope sight, JobForm form, @Nullable JobRow before) {
    List<String> runtimes =
        tx.runtimes().list().stream().map(RuntimeRow::name).filter(sight::touches).toList();
    Set<String> packages =
        tx.packages().list(sight).stream().map(PackageView::name).collect(Collectors.toSet());
    return new Surroundings(
        clock.instant(),
        clock.getZone(),
        runtimes,
        packages::contains,
        sealing,
        before == null ? Map.of() : Map.of(form.name(), before.definition()));
  }
}
