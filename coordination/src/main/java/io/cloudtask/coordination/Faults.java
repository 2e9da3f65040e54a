package io.cloudtask.coordination;

import org.apache.zookeeper.KeeperException;

/**
 * Says what went wrong so that a person can mend it.
 *
 * @param hosts of the ensemble, as configured
 */
record Faults(String hosts) {
  /** What the library threw when it was to do something with a node. */
  CoordinationException of(String verb, String path, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    String did = "could not " + verb + ' ' + path + ": ";
    if (cause instanceof KeeperException keeper) {
      return switch (keeper.code()) {
        case NOAUTH -> new UnreadableException(did + otherToken(), cause);
        case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
            new CoordinationException(did + noAnswer(), cause);
        case SESSIONEXPIRED -> new CoordinationException(did + "the session is over", cause);
        default -> new CoordinationException(did + "the coordinator says " + keeper.code(), cause);
      };
    }
    return new CoordinationException(did + cause.getMessage(), cause);
  }

  CoordinationException noAnswer(String verb, String path) {
    return new CoordinationException("could not " + verb + ' ' + path + ": " + noAnswer());
  }

  CoordinationException noRoot(String root, Exception cause) {
    return new CoordinationException(
        "there is no "
            + root
            + " in the ZooKeeper at "
            + hosts
            + "; correct cluster.root (or cluster.hosts), or make the cluster first: a center makes"
            + " it when it starts, and so does \"cloudtask init\"",
        cause);
  }

  private String noAnswer() {
    return "no ZooKeeper answers at "
        + hosts
        + "; see whether most of its servers run, and whether cluster.hosts names them";
  }

  static String otherToken() {
    return "it was made with another cluster token than this node has; give this node the token of"
        + " its cluster";
  }
}
