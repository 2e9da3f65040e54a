package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.model.exchange.AssignedJob;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A job that is held, and what is to become of it. */
final class Plan {
  /** How its span ends. */
  sealed interface End {
    /** The set names it no more: it ends now. It may still be named again. */
    record Absent() implements End {}

    /** It was taken from this agent, which owned it up to an instant and not further. */
    record Fenced(Instant until) implements End {}

    /** The set names a later span: what this agent has not answered is for others to answer. */
    record Superseded() implements End {}
  }

  private AssignedJob job;
  private Calendar calendar;
  private Instant effective;
  private String zone;
  private Instant cursor;
  private long versionBefore;
  private Readiness readiness;
  private String reportedFault;
  private boolean redone;
  private @Nullable AssignedJob successor;
  private @Nullable Readiness successorReadiness;
  private @Nullable End end;
  private @Nullable AssignedJob heir;
  private @Nullable Round round;
  private @Nullable Round redoRound;

  Plan(HeldJob held, Calendar calendar, Instant now) {
    this.job = held.job();
    this.calendar = calendar;
    this.effective = held.effective();
    this.zone = held.zone();
    this.cursor = held.cursor();
    this.reportedFault = held.fault();
    this.redone = held.redone();
    this.versionBefore = job.version();
    this.readiness = Readiness.preparing(now);
  }

  String id() {
    return job.jobid();
  }

  AssignedJob job() {
    return job;
  }

  boolean sole() {
    return job.sole();
  }

  /** Whether it is to be given back as soon as nothing of it goes on. */
  boolean recalled() {
    return job.recalled();
  }

  Calendar calendar() {
    return calendar;
  }

  Instant effective() {
    return effective;
  }

  String zone() {
    return zone;
  }

  /** Every due instant up to it is answered. */
  Instant cursor() {
    return cursor;
  }

  /** Due instants of this version begin after it. */
  Instant settled() {
    return effective.isAfter(cursor) ? effective : cursor;
  }

  /** The version by whose schedule an unanswered instant is due. */
  long accountable(Instant due) {
    return due.isAfter(effective) ? job.version() : versionBefore;
  }

  void answered(Instant instant) {
    if (instant.isAfter(cursor)) {
      cursor = instant;
    }
  }

  Readiness readiness() {
    return readiness;
  }

  @Nullable AssignedJob successor() {
    return successor;
  }

  /** Whether the newest set is not in force for it yet. */
  boolean changing() {
    return end != null || successor != null;
  }

  @Nullable End end() {
    return end;
  }

  /** The later span of the same job that is taken up when this one has ended. */
  @Nullable AssignedJob heir() {
    return heir;
  }

  /** The set names it as it is. */
  void stay() {
    if (end instanceof End.Absent) {
      end = null;
    }
    successor = null;
    successorReadiness = null;
  }

  /** The set does not name it. */
  void leave() {
    heir = null;
    if (end == null) {
      stay();
      end = new End.Absent();
    }
  }

  /** It was taken from this agent. */
  void fence(Instant until) {
    stay();
    heir = null;
    end = new End.Fenced(until);
  }

  /** The set names a later span. */
  void supersede(AssignedJob later) {
    if (!(end instanceof End.Fenced)) {
      stay();
      end = new End.Superseded();
    }
    heir = later;
  }

  /** Takes another version as soon as its work directory is there; says whether it must be made. */
  boolean become(AssignedJob next, Instant now) {
    AssignedJob before = successor;
    Readiness known = successorReadiness;
    stay();
    successor = next;
    if (Readiness.same(job, next)) {
      successorReadiness = readiness;
      return false;
    }
    boolean underWay = before != null && Readiness.same(before, next) && known != null;
    successorReadiness = underWay ? known : Readiness.preparing(now);
    return !underWay;
  }

  /** Whether a job of another version or zone is meant. */
  boolean differs(AssignedJob other, ZoneId host) {
    return job.version() != other.version()
        || !Readiness.same(job, other)
        || !zone.equals(host.getId());
  }

  /** Takes over what may change of a span while its version stays; says whether it did. */
  boolean flag(AssignedJob other) {
    Instant redo = other.redo() == null ? null : job.redo();
    AssignedJob flagged = flagged(job, other.sole(), other.recalled(), redo);
    boolean changed = !flagged.equals(job);
    job = flagged;
    return changed;
  }

  /** The same job without what this agent has answered itself before. */
  static AssignedJob afterOwn(AssignedJob job, Instant answered) {
    Instant redo = job.redo();
    if (redo == null || !answered.isAfter(redo)) {
      return job;
    }
    Instant rest = answered.isBefore(job.from()) ? answered : null;
    return flagged(job, job.sole(), job.recalled(), rest);
  }

  private static AssignedJob flagged(
      AssignedJob job, boolean sole, boolean recalled, @Nullable Instant redo) {
    return new AssignedJob(
        job.jobid(),
        job.span(),
        job.from(),
        job.assignedat(),
        job.version(),
        job.definition(),
        job.pack(),
        sole,
        recalled,
        redo);
  }

  /** What the next version, if there is one, waits for. */
  Readiness nextReadiness() {
    return successorReadiness == null ? readiness : successorReadiness;
  }

  /** Goes over to the next version. */
  void become(AssignedJob next, Calendar nextCalendar, Instant from, ZoneId host) {
    Readiness nextReadiness = nextReadiness();
    versionBefore = job.version();
    job = next;
    calendar = nextCalendar;
    effective = from;
    zone = host.getId();
    readiness = nextReadiness;
    stay();
  }

  /** Hears what came of making the work directory of a version. */
  void prepared(AssignedJob version, String reason, Instant now) {
    if (Readiness.same(job, version)) {
      readiness = readiness.decided(reason, now);
    }
    if (successor != null && successorReadiness != null && Readiness.same(successor, version)) {
      successorReadiness = successorReadiness.decided(reason, now);
    }
  }

  /** The claims that are being asked for; null for none. */
  @Nullable Round round() {
    return round;
  }

  void ask(@Nullable Round next) {
    round = next;
  }

  /** The claims for what may have been lost that are being asked for; null for none. */
  @Nullable Round redoRound() {
    return redoRound;
  }

  void askToRedo(@Nullable Round next) {
    redoRound = next;
  }

  /** Asks anew later. */
  void forgetClaims() {
    round = null;
    redoRound = null;
  }

  /** Whether what may have been lost before this span is still to be made up for. */
  boolean owesRedo() {
    return !redone && JournalState.redoes(job);
  }

  void redone(boolean done) {
    redone = done;
    redoRound = null;
  }

  /** Why it can't run here; null when that has not changed since it was reported last. */
  @Nullable String freshFault() {
    String fault = fault();
    if (fault.equals(reportedFault)) {
      return null;
    }
    reportedFault = fault;
    return fault;
  }

  /** Why it can't run here, "" when it can; as reported while its package is on its way. */
  String fault() {
    if (!calendar.fault().isEmpty()) {
      return calendar.fault();
    }
    return switch (readiness.state()) {
      case READY -> "";
      case UNAVAILABLE -> readiness.reason();
      case PREPARING -> reportedFault;
    };
  }
}
