package io.cloudtask.center.lead;

import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.coordination.Candidacy;
import io.cloudtask.coordination.LeaderListener;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Store;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;

/** A center that stands for election, without its ports. */
final class Seat {
  final MemorySession session;
  final Mandate mandate;
  final Duties duties;
  private final Candidacy candidacy;
  private volatile Members members = Members.NONE;

  Seat(Site site, String key) {
    this(site, key, site.store, Site.SETTINGS);
  }

  Seat(Site site, String key, Store store, LeadSettings settings) {
    session = site.coordination.open();
    session.watchMembers(
        Node.AGENT,
        now ->
            members =
                members.then(
                    now.stream().collect(Collectors.toMap(Member::key, Member::node)), Set.of()));
    candidacy =
        session.lead(
            key,
            new LeaderListener() {
              @Override
              public void elected() {}

              @Override
              public void deposed() {}
            });
    site.hear();
    mandate = new Mandate(store, key, candidacy::leads);
    duties =
        new Duties(
            new Duties.Parts(
                store,
                session,
                mandate,
                () -> members,
                site.changed::add,
                (NodeEvent event) -> site.events.add(event)),
            settings,
            ZoneOffset.UTC);
  }

  Duration round() {
    return duties.round();
  }

  /** Neither thinks nor talks; its session runs out. */
  void freeze(boolean frozen) {
    session.freeze(frozen);
  }

  void resign() {
    candidacy.close();
  }
}
