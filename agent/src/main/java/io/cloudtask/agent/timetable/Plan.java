package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.model.exchange.AssignedJob;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A job that is held, and what is to become of it. */
final class Plan {
  private AssignedJob job;
  private Calendar calendar;
  private Instant effective;
  private String zone;
  private Instant cursor;
  private long versionBefore;
  private Readiness readiness;
  private String reportedFault;
  private @Nullable AssignedJob successor;
  private @Nullable Readiness successorReadiness;
  private boolean leaving;

  Plan(HeldJob held, Calendar calendar, Instant now) {
    this.job = held.job();
    this.calendar = calendar;
    this.effective = held.effective();
    this.zone = held.zone();
    this.cursor = held.cursor();
    this.reportedFault = held.fault();
    this.versionBefore = job.version();
    this.readiness = Readiness.preparing(now);
  }

  String id() {
    return job.jobid();
  }

  AssignedJob job() {
    return job;
  }

  Calendar calendar() {
    return calendar;
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

  boolean leaving() {
    return leaving;
  }

  boolean changing() {
    return leaving || successor != null;
  }

  /** Holds on to what it is. */
  void stay() {
    leaving = false;
    successor = null;
    successorReadiness = null;
  }

  void leave() {
    stay();
    leaving = true;
  }

  /** Takes another version as soon as its work directory is there; says whether it must be made. */
  boolean become(AssignedJob next, Instant now) {
    boolean known = next.equals(successor);
    leaving = false;
    successor = next;
    if (Readiness.same(job, next)) {
      successorReadiness = readiness;
      return false;
    }
    if (!known || successorReadiness == null) {
      successorReadiness = Readiness.preparing(now);
      return true;
    }
    return false;
  }

  /** Whether a job of another version, place or zone is meant. */
  boolean differs(AssignedJob other, ZoneId host) {
    return job.version() != other.version()
        || job.span() != other.span()
        || !Readiness.same(job, other)
        || !zone.equals(host.getId());
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
