package io.cloudtask.center.lead;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.coordination.Registration;
import io.cloudtask.coordination.RevisionMark;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.Assignments.Asking;
import io.cloudtask.store.HandOut;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** An agent as a leader sees it: it does what the protocol says, when a test says so. */
final class Worker {
  final String key;
  private final Site site;
  private final MemorySession session;
  private Registration registration;
  private long sequence;
  private long revision;

  Worker(Site site, String name) throws CoordinationException {
    this.site = site;
    this.key = name;
    this.session = site.coordination.open();
    signIn();
  }

  private Node node() {
    return Site.node(Node.AGENT, key, site.now());
  }

  /** Says hello, learns its set after it has read the mark, and registers. */
  void signIn() throws CoordinationException {
    RevisionMark mark = session.revisionMark(key);
    hello();
    fetch();
    registration = session.register(new Member(key, node()), mark);
    site.hear();
  }

  Greeting hello() {
    Hello hello = new Hello("one", sequence, site.now().toEpochMilli(), node());
    return site.store.write(tx -> tx.agents().hello(key, hello, 1000, false, site.now()));
  }

  /** Asks for its set, and acknowledges it. */
  JobSet fetch() {
    JobSet set =
        switch (handOut(OptionalLong.empty())) {
          case HandOut.Current(JobSet current) -> current;
          case HandOut other -> throw new IllegalStateException(other.toString());
        };
    handOut(OptionalLong.of(set.revision()));
    revision = set.revision();
    return set;
  }

  private HandOut handOut(OptionalLong held) {
    Asking asking = new Asking("one", held, Site.SETTINGS.lease(), HandOut.Sole.BY_DEFINITION);
    return site.store.write(tx -> tx.assignments().handOut(key, asking));
  }

  void lease() {
    LeaseRequest request = new LeaseRequest("one", site.now().toEpochMilli(), null);
    site.store.execute(
        tx -> tx.agents().lease(key, request, Site.SETTINGS.lease(), Site.SETTINGS.skew()));
  }

  /** Gives back what it was asked for. */
  void giveBack() {
    List<Report> reports = new ArrayList<>();
    for (var job : fetch().jobs()) {
      if (job.recalled()) {
        reports.add(new Report(++sequence, new Fact.Dropped(job.jobid(), job.span(), site.now())));
      }
    }
    ReportBatch batch = new ReportBatch("one", reports, List.of());
    site.store.execute(tx -> tx.reports().apply(key, batch, site.now()));
  }

  /** Its process is killed, or its host is cut off: nobody hears of it any more. */
  void crash() {
    session.freeze(true);
    session.cut(MemorySession.Cut.BOTH);
  }

  void signOut() throws CoordinationException {
    registration.pulse(node().at(site.now().getEpochSecond(), false));
    site.hear();
    registration.leave();
    site.hear();
  }

  /** It is there again, with a session that the coordinator has ended meanwhile or not. */
  void comeBack() throws CoordinationException {
    session.freeze(false);
    session.mend();
    site.hear();
    signIn();
  }

  long revision() {
    return revision;
  }
}
