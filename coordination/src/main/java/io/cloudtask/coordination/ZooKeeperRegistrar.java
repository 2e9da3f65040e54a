package io.cloudtask.coordination;

import io.cloudtask.coordination.ZooKeeperSession.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.Stat;

/**
 * The two transactions that decide whether an agent is there: registering and fencing. Either sees
 * the other's whole effect or none of it, so an agent that a leader has begun to fence gets in only
 * with a mark that it read afterwards.
 *
 * <p>An agent is there as long as WORKER or LEASE is. Both are closed to whoever lacks the cluster
 * token, and the root, which decides who may remove, is too. Who has it and removes both nodes of a
 * living agent by hand lets it be fenced while its lease lasts, up to half a session timeout, and a
 * fire time be started twice; one of the two alone does no harm. Who removes REV makes its version
 * begin anew, and a fence be forgotten; setting it to 0 is what is safe.
 */
final class ZooKeeperRegistrar {
  private static final int ATTEMPTS = 10;

  private final ZooKeeperNodes nodes;
  private final ZooKeeperRevisions revisions;

  /** Sessions of this client, some of which the server may not have given up yet. */
  private final Set<Long> ownSessions = ConcurrentHashMap.newKeySet();

  ZooKeeperRegistrar(ZooKeeperNodes nodes, ZooKeeperRevisions revisions) {
    this.nodes = nodes;
    this.revisions = revisions;
  }

  /** The session in which the agent is registered now. */
  ZooKeeperSession register(Member member, RevisionMark known) throws CoordinationException {
    ZooKeeperSession session = nodes.session();
    ownSessions.add(session.id());
    String revision = nodes.path(MemberNames.revision(member.key()));
    String worker = nodes.path(MemberNames.worker(member.key()));
    String lease = nodes.path(MemberNames.lease(member.key()));
    List<Op> creation =
        List.of(
            Op.check(revision, known.version()),
            ZooKeeperSession.ephemeral(worker, NodeText.of(member.node())),
            ZooKeeperSession.ephemeral(lease, NodeText.of(0)));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Op> ops = new ArrayList<>();
      if (attempt > 0) {
        ops.addAll(removal(session, worker));
        ops.addAll(removal(session, lease));
      }
      ops.addAll(creation);
      Outcome outcome = session.commit(ops);
      if (outcome instanceof Outcome.Done) {
        return session;
      }
      if (outcome instanceof Outcome.Refused refused && refused.op().getPath().equals(revision)) {
        throw new RevisionMovedException(
            revision + " has moved since it was read; read it again and learn the set");
      }
    }
    throw changing(worker);
  }

  /** What we left ourselves is replaced within the transaction, so that there is no gap. */
  private List<Op> removal(ZooKeeperSession session, String path) throws CoordinationException {
    Optional<Stat> found = session.find(path);
    if (found.isEmpty()) {
      return List.of();
    }
    Stat stat = found.get();
    requireEphemeral(path, stat);
    if (!ownSessions.contains(stat.getEphemeralOwner())) {
      throw ZooKeeperMembership.taken(path, session.read(path));
    }
    return List.of(Op.delete(path, stat.getVersion()));
  }

  OptionalLong fence(String key, long revision) throws CoordinationException {
    ZooKeeperSession session = nodes.session();
    String worker = nodes.path(MemberNames.worker(key));
    String lease = nodes.path(MemberNames.lease(key));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      RevisionMark mark = revisions.mark(key);
      long next = Math.max(mark.revision(), revision) + 1;
      Outcome outcome =
          session.commit(
              List.of(
                  plain(worker),
                  plain(lease),
                  Op.setData(
                      nodes.path(MemberNames.revision(key)), NodeText.of(next), mark.version()),
                  Op.delete(lease, 0),
                  Op.delete(worker, 0)));
      if (outcome instanceof Outcome.Done) {
        return OptionalLong.of(next);
      }
      if (outcome instanceof Outcome.Refused refused && !isRevision(refused.op())) {
        requireMember(session, refused.op().getPath());
        return OptionalLong.empty();
      }
    }
    throw changing(worker);
  }

  private static Op plain(String path) {
    return Op.create(path, new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
  }

  private static boolean isRevision(Op op) {
    return op.getKind() == Op.OpKind.TRANSACTION && op instanceof Op.SetData;
  }

  /** What is there, if it still is, must be an agent. */
  private static void requireMember(ZooKeeperSession session, String path)
      throws CoordinationException {
    Optional<Stat> found = session.find(path);
    if (found.isPresent()) {
      requireEphemeral(path, found.get());
    }
  }

  static void requireEphemeral(String path, Stat stat) throws CoordinationException {
    if (stat.getEphemeralOwner() == 0) {
      throw new CoordinationException(
          path + " was made by hand and would stay for ever; remove it: zkCli deleteall " + path);
    }
  }

  private static CoordinationException changing(String path) {
    return new CoordinationException(path + " or what belongs to it keeps changing; try again");
  }
}
