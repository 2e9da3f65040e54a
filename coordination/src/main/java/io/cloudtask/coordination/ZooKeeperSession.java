package io.cloudtask.coordination;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * One session by its own handle. What is asked through it is asked in this session or not at all,
 * while the client itself goes on to a new session by itself, and tries again after a lost answer.
 */
record ZooKeeperSession(ZooKeeper handle, long id, Faults faults) {
  /** How a transaction ended. */
  sealed interface Outcome {
    record Done(List<OpResult> results) implements Outcome {}

    /**
     * Nothing was changed.
     *
     * @param op the first operation that could not be done
     */
    record Refused(Op op, Code why) implements Outcome {}
  }

  /** Makes a node that ends with this session. */
  static Op ephemeral(String path, byte[] data) {
    return Op.create(path, data, ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.EPHEMERAL);
  }

  /** Does all or nothing. Fails at once while the connection is gone. */
  Outcome commit(List<Op> ops) throws CoordinationException {
    if (handle.getState() == ZooKeeper.States.CONNECTING) {
      throw faults.noAnswer("change", ops.getLast().getPath());
    }
    try {
      return new Outcome.Done(handle.multi(ops));
    } catch (KeeperException e) {
      return refused(ops, e);
    } catch (InterruptedException e) {
      throw faults.of("change", ops.getLast().getPath(), e);
    }
  }

  private Outcome refused(List<Op> ops, KeeperException e) throws CoordinationException {
    List<OpResult> results = e.getResults();
    for (int i = 0; results != null && i < results.size(); i++) {
      Code code = Code.get(((OpResult.ErrorResult) results.get(i)).getErr());
      if (code == Code.NODEEXISTS || code == Code.NONODE || code == Code.BADVERSION) {
        return new Outcome.Refused(ops.get(i), code);
      }
    }
    throw faults.of("change", ops.getLast().getPath(), e);
  }

  Optional<Stat> find(String path) throws CoordinationException {
    try {
      return Optional.ofNullable(handle.exists(path, false));
    } catch (KeeperException | InterruptedException e) {
      throw faults.of("look for", path, e);
    }
  }

  /** What a node holds; nothing when it is gone or belongs to another cluster. */
  byte[] read(String path) throws CoordinationException {
    try {
      return handle.getData(path, false, null);
    } catch (KeeperException.NoNodeException | KeeperException.NoAuthException e) {
      return new byte[0];
    } catch (KeeperException | InterruptedException e) {
      throw faults.of("read", path, e);
    }
  }

  /** What the server has granted last. */
  Duration timeout() {
    return Duration.ofMillis(handle.getSessionTimeout());
  }

  /** By the client's ticker, not later than the session began. */
  long born() {
    return DatedZooKeeper.born(handle);
  }
}
