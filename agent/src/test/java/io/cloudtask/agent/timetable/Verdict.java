package io.cloudtask.agent.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Judges a journal from its records alone. */
final class Verdict {
  /** A version of a job was in force for what was due in ({@code after}, {@code until}]. */
  private record Reign(AssignedJob job, Instant after, Instant until) {}

  private final World world;
  private final Map<String, AssignedJob> held = new HashMap<>();
  private final Map<String, List<AssignedJob>> versions = new HashMap<>();
  private final List<Reign> reigns = new ArrayList<>();
  private final Map<String, Entry.Took> open = new HashMap<>();
  private final Set<String> granted = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Map<String, Set<Instant>> answered = new HashMap<>();

  Verdict(World world) {
    this.world = world;
  }

  void judge() {
    for (List<Entry> batch : world.journal) {
      for (Entry entry : batch) {
        switch (entry) {
          case Entry.Took took -> took(took);
          case Entry.Happened(Fact.Granted grant) -> granted(grant);
          case Entry.Happened(Fact.Ended end) -> {
            assertThat(ended.add(end.runid())).as("ended once").isTrue();
            assertThat(granted).contains(end.runid());
          }
          case Entry.Happened(Fact.Gap gap) -> gap(gap);
          case Entry.Happened(Fact.Dropped dropped) -> dropped(dropped);
          default -> {}
        }
      }
    }
    world.state().jobs().forEach(this::settled);
    reigns.forEach(this::complete);
    answered.forEach((job, instants) -> instants.forEach(at -> owned(job, at)));
  }

  private void took(Entry.Took took) {
    String id = took.job().jobid();
    versions.computeIfAbsent(id, _ -> new ArrayList<>()).add(took.job());
    held.put(id, took.job());
    Entry.Took before = open.put(id, took);
    if (before != null) {
      reigns.add(new Reign(before.job(), before.effective(), took.effective()));
    }
  }

  private void dropped(Fact.Dropped dropped) {
    Entry.Took took = open.get(dropped.jobid());
    if (took != null && took.job().span() == dropped.span()) {
      open.remove(dropped.jobid());
      reigns.add(new Reign(took.job(), took.effective(), dropped.at()));
    }
  }

  private void granted(Fact.Granted grant) {
    assertThat(granted.add(grant.runid())).as("granted once").isTrue();
    Instant due = grant.fireat();
    if (due == null) {
      return;
    }
    AssignedJob job = Objects.requireNonNull(held.get(grant.jobid()));
    if (due.isAfter(job.from())) {
      answer(grant.jobid(), due);
    } else {
      assertThat(job.definition().guarantee()).isNotEqualTo(Guarantee.LEASED);
      assertThat(due).isAfter(job.redo());
    }
  }

  private void gap(Fact.Gap gap) {
    List<Instant> due = due(version(gap), gap.first().minusNanos(1), gap.last());
    assertThat(due).as("the count of %s", gap).hasSize((int) gap.count());
    due.forEach(instant -> answer(gap.jobid(), instant));
  }

  private AssignedJob version(Fact.Gap gap) {
    return versions.getOrDefault(gap.jobid(), List.of()).stream()
        .filter(job -> job.version() == gap.version())
        .findFirst()
        .orElseThrow();
  }

  private void answer(String job, Instant due) {
    assertThat(answered.computeIfAbsent(job, _ -> new HashSet<>()).add(due))
        .as("%s of %s is answered once", due, job)
        .isTrue();
  }

  /** Everything that is due by now is answered. */
  private void settled(HeldJob job) {
    Instant settled = job.cursor().isAfter(job.effective()) ? job.cursor() : job.effective();
    assertThat(Calendar.of(job.job().definition(), ZoneOffset.UTC).next(settled))
        .as("nothing that is due is left open")
        .matches(
            next -> next.isEmpty() || next.get().isAfter(world.now),
            "after " + world.now + " of " + job);
    reigns.add(new Reign(job.job(), job.effective(), settled));
  }

  private void complete(Reign reign) {
    assertThat(answered.getOrDefault(reign.job().jobid(), Set.of()))
        .as("all of %s", reign)
        .containsAll(due(reign.job(), reign.after(), reign.until()));
  }

  /** What is answered was this agent's to answer. */
  private void owned(String jobId, Instant due) {
    assertThat(reigns)
        .as("%s of %s belongs to this agent", due, jobId)
        .anyMatch(reign ->
            reign.job().jobid().equals(jobId)
                && due.isAfter(reign.after())
                && !due.isAfter(reign.until()));
  }

  /** What is due in ({@code after}, {@code until}]. */
  private static List<Instant> due(AssignedJob job, Instant after, Instant until) {
    Calendar calendar = Calendar.of(job.definition(), ZoneOffset.UTC);
    List<Instant> due = new ArrayList<>();
    for (Instant at = calendar.next(after).orElse(Instant.MAX);
        !at.isAfter(until);
        at = calendar.next(at).orElse(Instant.MAX)) {
      due.add(at);
    }
    return due;
  }
}
