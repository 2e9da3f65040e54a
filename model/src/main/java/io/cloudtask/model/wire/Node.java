package io.cloudtask.model.wire;

import org.jspecify.annotations.Nullable;

/**
 * How an agent or a center registers.
 *
 * @param type 1 center, 2 agent
 * @param location the runtime
 * @param os {@code linux}, {@code windows} or {@code darwin}
 * @param platform {@code amd64}, {@code arm64} or {@code 386}
 * @param apiaddr {@code http://ip:port}
 * @param singin true while signed in (the wire's spelling)
 * @param timestamp unix seconds of the last heartbeat
 * @param alivestamp unix seconds of the process start
 * @param attach base64 of a small JSON object and a newline; null for a center
 */
public record Node(
    int type,
    String hostname,
    String datacenter,
    String location,
    String os,
    String platform,
    String ipaddr,
    String apiaddr,
    long pid,
    boolean singin,
    long timestamp,
    long alivestamp,
    @Nullable String attach) {
  public static final int CENTER = 1;
  public static final int AGENT = 2;

  /** The same node at a later heartbeat. */
  public Node at(long unixSeconds, boolean signedIn) {
    return copy(signedIn, unixSeconds, attach);
  }

  /** The same node with another attachment. */
  public Node with(String attachment) {
    return copy(singin, timestamp, attachment);
  }

  private Node copy(boolean signedIn, long unixSeconds, @Nullable String attachment) {
    return new Node(
        type,
        hostname,
        datacenter,
        location,
        os,
        platform,
        ipaddr,
        apiaddr,
        pid,
        signedIn,
        unixSeconds,
        alivestamp,
        attachment);
  }
}
