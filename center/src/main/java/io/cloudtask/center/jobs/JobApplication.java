package io.cloudtask.center.jobs;

import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.center.secrets.Sealing;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.JobQuery;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Jobs.Written;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applies job files to the store: all of a file, or nothing of it. Thread-safe. */
public final class JobApplication {
  /** How often somebody else may get in between before we give up. */
  private static final int ATTEMPTS = 5;

  private final Store store;
  private final Sealing sealing;
  private final Clock clock;
  private final Consumer<Set<String>> changed;

  /** What came of applying. */
  public sealed interface Outcome {
    /** It is done, or shown. */
    record Applied(ApplyResult result) implements Outcome {}

    /** The author may not define jobs there; nothing was done. */
    record Forbidden() implements Outcome {}

    /** The file is wrong; nothing was done. */
    record Invalid(List<FieldError> errors) implements Outcome {}

    /** Others changed the same jobs again and again; nothing was done. */
    record Busy() implements Outcome {}
  }

  /**
   * What to do with a file.
   *
   * @param dryrun only show what would be done
   * @param prune remove the jobs of its group that it does not name
   */
  public record Wish(boolean dryrun, boolean prune) {}

  /**
   * Who asks.
   *
   * @param name for the record
   * @param origin his address, for the record
   * @param sight what he may see; for him there is nothing else
   * @param scope what he may define
   */
  public record Author(String name, String origin, Scope sight, Scope scope) {}

  /** What a file was compared with, and what came of it. */
  private record Basis(List<JobRow> current, JobFile.Read read) {}

  /**
   * @param changed told, after the commit, which agents have a new job set; called also when only
   *     jobs that nobody holds have changed, because somebody may take them now
   */
  public JobApplication(Store store, Sealing sealing, Clock clock, Consumer<Set<String>> changed) {
    this.store = store;
    this.sealing = sealing;
    this.clock = clock;
    this.changed = changed;
  }

  /** Applies a file. */
  public Outcome apply(String text, Wish wish, Author author) {
    JobFileText file = JobFileText.of(text);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Outcome> outcome = attempt(file, wish, author);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new Outcome.Busy();
  }

  /** Judges a file against the store without applying it; packages need not be there yet. */
  public JobFile.Read read(String text, Scope sight) {
    return basis(JobFileText.of(text), sight, false).read();
  }

  private Optional<Outcome> attempt(JobFileText file, Wish wish, Author author) {
    Basis basis = basis(file, author.sight(), true);
    return switch (basis.read()) {
      case JobFile.Read.Invalid(List<FieldError> errors) ->
          Optional.of(new Outcome.Invalid(errors));
      case JobFile.Read.Valid(JobFile wanted)
          when !author.scope().covers(wanted.runtime(), wanted.group()) ->
          Optional.of(new Outcome.Forbidden());
      case JobFile.Read.Valid(JobFile wanted) -> {
        Plan plan = Plan.of(basis.current(), wanted, wish.prune());
        yield wish.dryrun() || plan.isDone()
            ? Optional.of(new Outcome.Applied(shown(plan, !wish.dryrun())))
            : carryOut(plan, author);
      }
    };
  }

  private static ApplyResult shown(Plan plan, boolean applied) {
    return new ApplyResult(applied, plan.steps().stream().map(Plan::shown).toList());
  }

  private Basis basis(JobFileText file, Scope sight, boolean needsPackages) {
    record Found(List<String> runtimes, List<JobRow> jobs, Set<String> packages) {}
    Found found =
        store.read(tx -> {
          List<String> runtimes =
              tx.runtimes().list().stream().map(RuntimeRow::name).filter(sight::touches).toList();
          Optional<String> runtime =
              file.runtime()
                  .or(() ->
                      runtimes.size() == 1 ? runtimes.stream().findFirst() : Optional.empty());
          List<JobRow> jobs = runtime.map(r -> group(tx, sight, r, file.group())).orElse(List.of());
          Set<String> packages = new TreeSet<>();
          tx.packages().list(sight).forEach(p -> packages.add(p.name()));
          return new Found(runtimes, jobs, packages);
        });
    Map<String, JobDefinition> current = new HashMap<>();
    found.jobs().forEach(row -> current.put(row.definition().name(), row.definition()));
    Surroundings surroundings =
        new Surroundings(
            clock.instant(),
            clock.getZone(),
            found.runtimes(),
            needsPackages ? found.packages()::contains : any -> true,
            needsPackages ? sealing : Secrets.TRIED,
            current);
    return new Basis(found.jobs(), file.judge(surroundings));
  }

  private static List<JobRow> group(Tx tx, Scope sight, String runtime, String group) {
    List<JobRow> jobs = new ArrayList<>();
    @Nullable String after = null;
    do {
      var page = tx.jobs().list(new JobQuery(sight, runtime, group, null, JobQuery.MAX, after));
      jobs.addAll(page.items());
      after = page.next();
    } while (after != null);
    return jobs;
  }

  /** Empty when somebody got in between: then nothing was done. */
  private Optional<Outcome> carryOut(Plan plan, Author author) {
    Set<String> agents = new TreeSet<>();
    List<ApplyResult.Step> done = new ArrayList<>();
    try {
      store.execute(tx -> {
        for (Plan.Step step : plan.steps()) {
          done.add(carryOut(tx, step, author, agents));
        }
      });
    } catch (OvertakenException e) {
      return Optional.empty();
    }
    changed.accept(agents);
    return Optional.of(new Outcome.Applied(new ApplyResult(true, done)));
  }

  private ApplyResult.Step carryOut(Tx tx, Plan.Step step, Author author, Set<String> agents) {
    String user = author.name();
    switch (step) {
      case Plan.Step.Create(JobDefinition wanted) -> {
        JobRow row =
            written(tx.jobs().create(Ids.newJobId(clock.instant()), wanted, user, clock.instant()));
        audit(tx, author, "job.create", row);
        return Plan.shown(Action.CREATE, row.jobid(), wanted, List.of());
      }
      case Plan.Step.Change(JobRow current, JobDefinition wanted) -> {
        UnheldJobs.close(tx, current.jobid(), clock.instant(), clock.getZone());
        JobRow row =
            written(
                tx.jobs()
                    .change(current.jobid(), current.version(), wanted, user, clock.instant()));
        tell(agents, row);
        audit(tx, author, "job.change", row);
      }
      case Plan.Step.Remove(JobRow current) -> {
        UnheldJobs.close(tx, current.jobid(), clock.instant(), clock.getZone());
        JobRow row =
            tx.jobs()
                .delete(current.jobid(), user, clock.instant())
                .orElseThrow(OvertakenException::new);
        tell(agents, row);
        audit(tx, author, "job.remove", row);
      }
      case Plan.Step.Unchanged unchanged -> {}
    }
    return Plan.shown(step);
  }

  private static JobRow written(Written written) {
    return switch (written) {
      case Written.Done(JobRow job) -> job;
      case Written.NameTaken n -> throw new OvertakenException();
      case Written.Stale s -> throw new OvertakenException();
      case Written.UnknownJob u -> throw new OvertakenException();
      case Written.UnknownRuntime u -> throw new OvertakenException();
    };
  }

  private static void tell(Set<String> agents, JobRow row) {
    if (row.agentkey() != null) {
      agents.add(row.agentkey());
    }
  }

  private void audit(Tx tx, Author author, String what, JobRow row) {
    String name = row.definition().name() + ", version " + row.version();
    tx.audit()
        .add(
            new AuditRow(clock.instant(), author.name(), what, row.jobid(), name, author.origin()));
  }

  /** Rolls the transaction back: the plan rests on rows that have changed. */
  private static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException() {
      super("somebody else changed a job of the plan", null, false, false);
    }
  }
}
