package io.cloudtask.store;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.rest.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlNotifications(Handle handle) implements Notifications {
  /** Reads the column {@code kinds}; what a newer program may have written there is passed over. */
  static Set<EventKind> kinds(String json) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    Columns.texts(json, "the kinds of a rule")
        .forEach(word -> EventKind.of(word).ifPresent(kinds::add));
    return kinds;
  }

  @Override
  public void save(RuleRow rule) {
    handle.execute(
        """
        INSERT INTO rule (ruleid, name, runtime, grp, jobid, kinds, channel, targets, template, secret,
          enabled, managed, createuser, createat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (ruleid) DO UPDATE SET name = excluded.name, runtime = excluded.runtime,
          grp = excluded.grp, jobid = excluded.jobid, kinds = excluded.kinds,
          channel = excluded.channel, targets = excluded.targets, template = excluded.template,
          secret = excluded.secret, enabled = excluded.enabled
        """,
        rule.ruleid(),
        rule.name(),
        rule.about().runtime(),
        rule.about().group(),
        rule.about().jobid(),
        Columns.json(rule.kinds().stream().sorted().map(EventKind::written).toList()),
        rule.way().channel().name(),
        Columns.json(rule.way().targets()),
        rule.way().template(),
        rule.way().secret(),
        Columns.flag(rule.enabled()),
        Columns.flag(rule.managed()),
        rule.createuser(),
        rule.createat().toEpochMilli());
  }

  @Override
  public boolean remove(String ruleid) {
    handle.execute("DELETE FROM notice WHERE ruleid = ? AND state = 'WAITING'", ruleid);
    return handle.execute("DELETE FROM rule WHERE ruleid = ?", ruleid) == 1;
  }

  @Override
  public List<RuleRow> rules() {
    return rules(Scope.EVERYTHING);
  }

  @Override
  public List<RuleRow> rules(Scope scope) {
    Scope.Condition seen = seen(scope);
    return handle
        .select(
            "SELECT r.* FROM rule r LEFT JOIN job j ON j.jobid = r.jobid WHERE "
                + seen.sql()
                + " ORDER BY r.name, r.ruleid",
            seen.with())
        .map((row, context) -> rule(row))
        .list();
  }

  /** A rule about one job is where the job is. */
  private static Scope.Condition seen(Scope scope) {
    return scope.jobs(
        "CASE WHEN r.jobid = '' THEN r.runtime ELSE COALESCE(j.runtime, '') END",
        "CASE WHEN r.jobid = '' THEN r.grp ELSE COALESCE(j.grp, '') END");
  }

  @Override
  public boolean covers(Scope scope, RuleRow.About about) {
    if (about.jobid().isEmpty()) {
      return scope.covers(about.runtime(), about.group());
    }
    return handle
        .select("SELECT runtime, grp FROM job WHERE jobid = ?", about.jobid())
        .map((row, context) -> scope.covers(row.getString("runtime"), row.getString("grp")))
        .findOne()
        .orElse(scope.everything());
  }

  @Override
  public Optional<RuleRow> rule(String ruleid) {
    return handle
        .select("SELECT * FROM rule WHERE ruleid = ?", ruleid)
        .map((row, context) -> rule(row))
        .findOne();
  }

  private static RuleRow rule(ResultSet row) throws SQLException {
    String what = "the targets of the rule " + row.getString("name");
    return new RuleRow(
        row.getString("ruleid"),
        row.getString("name"),
        new RuleRow.About(row.getString("runtime"), row.getString("grp"), row.getString("jobid")),
        kinds(row.getString("kinds")),
        new RuleRow.Way(
            RuleRow.Channel.valueOf(row.getString("channel")),
            Columns.texts(row.getString("targets"), what),
            row.getString("template"),
            row.getString("secret")),
        row.getInt("enabled") == 1,
        row.getInt("managed") == 1,
        row.getString("createuser"),
        Columns.instant(row, "createat"));
  }

  @Override
  public void happened(EventRow event) {
    EventBook book = new EventBook(handle);
    book.add(event);
    book.flush();
  }

  @Override
  public List<Queued> events(int limit) {
    return handle
        .select("SELECT * FROM event ORDER BY id LIMIT ?", limit)
        .map((row, context) -> new Queued(row.getString("id"), event(row, "happened")))
        .list();
  }

  private static EventRow event(ResultSet row, String time) throws SQLException {
    return new EventRow(
        EventKind.valueOf(row.getString("kind")),
        Columns.instant(row, time),
        row.getString("jobid"),
        row.getString("runid"),
        row.getString("agentkey"),
        row.getString("detail"));
  }

  @Override
  public void done(Collection<String> ids) {
    for (List<String> some : Columns.slices(ids)) {
      handle.execute(
          "DELETE FROM event WHERE id IN (" + Columns.marks(some.size()) + ")", some.toArray());
    }
  }

  @Override
  public Optional<NoticeRow> newest(String ruleid, String topic) {
    return handle
        .select(
            "SELECT * FROM notice WHERE ruleid = ? AND topic = ? ORDER BY id DESC LIMIT 1",
            ruleid,
            topic)
        .map((row, context) -> notice(row))
        .findOne();
  }

  @Override
  public void save(NoticeRow notice) {
    EventRow event = notice.event();
    NoticeRow.Delivery delivery = notice.delivery();
    handle.execute(
        """
        INSERT INTO notice (id, ruleid, topic, kind, jobid, runid, agentkey, detail, times, firstat,
          lastat, state, dueat, attempts, error, sentat)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET runid = excluded.runid, agentkey = excluded.agentkey,
          detail = excluded.detail, times = excluded.times, lastat = excluded.lastat,
          state = excluded.state, dueat = excluded.dueat, attempts = excluded.attempts,
          error = excluded.error, sentat = excluded.sentat
        """,
        notice.id(),
        notice.ruleid(),
        event.topic(),
        event.kind().name(),
        event.jobid(),
        event.runid(),
        event.agentkey(),
        Columns.text(event.detail()),
        notice.times(),
        notice.first().toEpochMilli(),
        event.at().toEpochMilli(),
        delivery.state().name(),
        delivery.due().toEpochMilli(),
        delivery.attempts(),
        Columns.text(delivery.error()),
        Columns.millis(delivery.sent()));
  }

  @Override
  public List<NoticeRow> due(Instant now, int limit) {
    return handle
        .select(
            "SELECT * FROM notice WHERE state = 'WAITING' AND dueat <= ? ORDER BY dueat, id LIMIT"
                + " ?",
            now.toEpochMilli(),
            limit)
        .map((row, context) -> notice(row))
        .list();
  }

  @Override
  public Page<NoticeRow> notices(Scope scope, int limit, @Nullable String after) {
    Scope.Condition seen = seen(scope);
    List<NoticeRow> rows =
        new ArrayList<>(
            handle
                .select(
                    """
                    SELECT n.* FROM notice n LEFT JOIN rule r ON r.ruleid = n.ruleid
                    LEFT JOIN job j ON j.jobid = r.jobid
                    WHERE %s AND n.id < ? ORDER BY n.id DESC LIMIT ?
                    """
                        .formatted(seen.sql()),
                    seen.with(after == null ? "g" : after, limit + 1))
                .map((row, context) -> notice(row))
                .list());
    List<NoticeRow> shown = rows.stream().limit(limit).toList();
    return new Page<>(shown, rows.size() <= limit ? null : shown.getLast().id());
  }

  private static NoticeRow notice(ResultSet row) throws SQLException {
    return new NoticeRow(
        row.getString("id"),
        row.getString("ruleid"),
        event(row, "lastat"),
        row.getLong("times"),
        Columns.instant(row, "firstat"),
        new NoticeRow.Delivery(
            NoticeRow.State.valueOf(row.getString("state")),
            Columns.instant(row, "dueat"),
            row.getInt("attempts"),
            row.getString("error"),
            Columns.instantOrNull(row, "sentat")));
  }
}
