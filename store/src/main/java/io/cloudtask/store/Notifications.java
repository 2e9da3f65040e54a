package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what, what has happened, and what is to be sent. Events of jobs and runs are
 * written by {@link Reports}, {@link Ledger} and {@link Jobs} themselves, with what happened, so
 * that none is lost; and only of those kinds that an enabled rule wants.
 */
public interface Notifications {
  /** An event and its place in the order of events. */
  record Queued(String id, EventRow event) {}

  /** Makes a rule, or replaces the one of that id. */
  void save(RuleRow rule);

  /** Removes a rule, and what waits to be sent by it; false when there is none. */
  boolean remove(String ruleid);

  /** All rules by name. */
  List<RuleRow> rules();

  Optional<RuleRow> rule(String ruleid);

  /** Something that the store does not see itself has happened; kept when a rule wants its kind. */
  void happened(EventRow event);

  /** What nobody has made notices of yet, oldest first. */
  List<Queued> events(int limit);

  /** Notices were made of them. */
  void done(Collection<String> ids);

  /** The newest notice of a topic by a rule. */
  Optional<NoticeRow> newest(String ruleid, String topic);

  /** Adds a notice, or replaces the one of that id. */
  void save(NoticeRow notice);

  /** What is to be sent now, oldest first. */
  List<NoticeRow> due(Instant now, int limit);

  /** Those about what is in sight, by name. A rule about everything is seen with everything. */
  List<RuleRow> rules(Scope scope);

  /** Whether a rule is about what is in sight. */
  boolean covers(Scope scope, RuleRow.About about);

  /**
   * Of the rules in sight, newest first.
   *
   * @param after {@code next} of the page before
   */
  Page<NoticeRow> notices(Scope scope, int limit, @Nullable String after);
}
