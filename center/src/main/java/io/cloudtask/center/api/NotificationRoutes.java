package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.notify.Notifier;
import io.cloudtask.center.notify.RuleCheck;
import io.cloudtask.center.notify.SigningSecrets;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.rest.NoticeView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RuleChange;
import io.cloudtask.model.rest.RuleView;
import io.cloudtask.model.rest.TestResult;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is told of what, and what they were told. For administrators of what a rule is about, because
 * it sends what jobs print out of the house. Thread-safe.
 */
public final class NotificationRoutes {
  private static final String RULES = "/api/v1/notifications/rules";
  private static final String RULE = RULES + "/{ruleid}";

  private final Store store;
  private final Notifier notifier;
  private final SigningSecrets secrets;
  private final Clock clock;

  public NotificationRoutes(Store store, Notifier notifier, SigningSecrets secrets, Clock clock) {
    this.store = store;
    this.notifier = notifier;
    this.secrets = secrets;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/notifications").allow(Role.ADMIN).scoped().handle(this::notices),
        Routes.get(RULES).allow(Role.ADMIN).scoped().handle(this::list),
        Routes.post(RULES).allow(Role.ADMIN).scoped().handle(this::create),
        Routes.put(RULE).allow(Role.ADMIN).scoped().handle(this::change),
        Routes.delete(RULE).allow(Role.ADMIN).scoped().handle(this::remove),
        Routes.post(RULE + "/test").allow(Role.ADMIN).scoped().handle(this::test));
  }

  private Reply notices(Call call) {
    Paging paging = Paging.of(call.query());
    return Reply.ok(
        store.read(tx -> {
          Map<String, String> names =
              tx.notifications().rules(call.scope()).stream()
                  .collect(Collectors.toMap(RuleRow::ruleid, RuleRow::name));
          Page<NoticeRow> page =
              tx.notifications().notices(call.scope(), paging.limit(), paging.after());
          Map<String, String> jobs = new HashMap<>();
          Map<String, String> hosts = new HashMap<>();
          return new Page<>(
              page.items().stream()
                  .map(row ->
                      view(
                          row,
                          names.getOrDefault(row.ruleid(), ""),
                          jobs.computeIfAbsent(row.event().jobid(), id -> jobName(tx, id)),
                          hosts.computeIfAbsent(row.event().agentkey(), key -> hostName(tx, key))))
                  .toList(),
              page.next());
        }));
  }

  private static String jobName(Tx tx, String jobid) {
    return tx.jobs()
        .find(jobid)
        .map(JobRow::definition)
        .map(job -> job.runtime() + '/' + job.group() + '/' + job.name())
        .orElse("");
  }

  private static String hostName(Tx tx, String agentkey) {
    return tx.agents().find(agentkey).map(agent -> agent.node().hostname()).orElse("");
  }

  private static NoticeView view(NoticeRow row, String rule, String job, String host) {
    NoticeRow.Delivery delivery = row.delivery();
    return new NoticeView(
        row.id(),
        row.ruleid(),
        rule,
        row.event().kind().written(),
        row.event().jobid(),
        job,
        row.event().runid(),
        row.event().agentkey(),
        host,
        row.event().detail(),
        row.times(),
        row.first(),
        row.event().at(),
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.state() == NoticeRow.State.WAITING ? delivery.due() : null,
        delivery.attempts(),
        delivery.error(),
        delivery.sent());
  }

  private Reply list(Call call) {
    return Reply.ok(
        store.read(tx ->
            tx.notifications().rules(call.scope()).stream()
                .map(NotificationRoutes::view)
                .toList()));
  }

  private static RuleView view(RuleRow row) {
    return new RuleView(
        row.ruleid(),
        row.name(),
        row.about().runtime(),
        row.about().group(),
        row.about().jobid(),
        row.kinds().stream().sorted().map(EventKind::written).toList(),
        row.way().channel().name().toLowerCase(Locale.ROOT),
        row.way().targets(),
        row.way().template(),
        !row.way().secret().isEmpty(),
        row.enabled(),
        row.managed(),
        row.createuser(),
        row.createat());
  }

  private Reply create(Call call) {
    RuleChange change = call.json(RuleChange.class);
    RuleRow row =
        store.write(tx -> save(tx, call, change, UUID.randomUUID().toString(), Optional.empty()));
    return Reply.json(201, view(row));
  }

  private Reply change(Call call) {
    RuleChange change = call.json(RuleChange.class);
    RuleRow row =
        store.write(tx -> {
          RuleRow before = own(tx, call);
          return save(tx, call, change, before.ruleid(), Optional.of(before));
        });
    return Reply.ok(view(row));
  }

  private RuleRow save(
      Tx tx, Call call, RuleChange change, String ruleid, Optional<RuleRow> before) {
    RuleCheck.Outcome read =
        RuleCheck.read(change, before.map(rule -> rule.way().secret()).orElse(""));
    RuleRow.About about = read.about();
    RuleRow.Way way = read.way();
    if (!read.errors().isEmpty() || about == null || way == null) {
      throw new RefusedException(
          new Refusal(400, "invalid", "the rule can't be saved", null, read.errors()));
    }
    checkPlace(tx, call, about);
    RuleRow written =
        new RuleRow(
            ruleid,
            change.name().strip(),
            about,
            read.kinds(),
            way,
            !Boolean.FALSE.equals(change.enabled()),
            false,
            before.map(RuleRow::createuser).orElse(call.principal().name()),
            before.map(RuleRow::createat).orElse(clock.instant()));
    RuleRow row = secrets.sealed(written);
    tx.notifications().save(row);
    audit(tx, call, before.isPresent() ? "rule.change" : "rule.create", row);
    return row;
  }

  private static void checkPlace(Tx tx, Call call, RuleRow.About about) {
    boolean known =
        tx.jobs()
            .find(about.jobid())
            .map(JobRow::definition)
            .filter(job -> call.sight().covers(job.runtime(), job.group()))
            .isPresent();
    if (!about.jobid().isEmpty() && !known) {
      throw new RefusedException(Refusal.invalid("jobid", "is the id of no job"));
    }
    if (!tx.notifications().covers(call.scope(), about)) {
      throw new RefusedException(Refusal.forbidden());
    }
  }

  /** One that can be changed here. */
  private static RuleRow own(Tx tx, Call call) {
    RuleRow rule = find(tx, call);
    if (rule.managed()) {
      throw new RefusedException(
          Refusal.conflict(
              "managed", "this rule comes from the configuration of the center; change it there"));
    }
    return rule;
  }

  private static RuleRow find(Tx tx, Call call) {
    String ruleid = call.path("ruleid");
    return tx.notifications()
        .rule(ruleid)
        .filter(rule -> tx.notifications().covers(call.scope(), rule.about()))
        .orElseThrow(
            () -> new RefusedException(Refusal.notFound("there is no rule with the id " + ruleid)));
  }

  private Reply remove(Call call) {
    store.execute(tx -> {
      RuleRow rule = own(tx, call);
      tx.notifications().remove(rule.ruleid());
      audit(tx, call, "rule.remove", rule);
    });
    return Reply.empty(204);
  }

  private void audit(Tx tx, Call call, String what, RuleRow rule) {
    tx.audit().add(call.audit(clock.instant(), what, rule.ruleid(), rule.name()));
  }

  private Reply test(Call call) {
    RuleRow rule = store.read(tx -> find(tx, call));
    Optional<String> error = notifier.test(rule);
    store.execute(tx -> audit(tx, call, "rule.test", rule));
    return Reply.ok(new TestResult(error.isEmpty(), error.orElse("")));
  }
}
