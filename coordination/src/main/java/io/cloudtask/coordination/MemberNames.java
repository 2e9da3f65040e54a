package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;

/** Names of the nodes under the root, as deployed agents know them. */
final class MemberNames {
  static final String SERVER_CONFIG = "ServerConfig";
  static final String LEADER = "LEADER";

  private MemberNames() {}

  /** {@code WORKER-} or {@code CENTER-}. */
  static String prefix(int type) {
    return switch (type) {
      case Node.AGENT -> "WORKER-";
      case Node.CENTER -> "CENTER-";
      default -> throw new IllegalArgumentException("no type of node: " + type);
    };
  }

  static String member(Member member) {
    return member(member.node().type(), member.key());
  }

  static String member(int type, String key) {
    return prefix(type) + checked(key);
  }

  static String revision(String key) {
    return "REV-" + checked(key);
  }

  static String worker(String key) {
    return prefix(Node.AGENT) + checked(key);
  }

  static String lease(String key) {
    return "LEASE-" + checked(key);
  }

  static String bell(String bell) {
    return "BELL-" + checked(bell);
  }

  private static String checked(String key) {
    if (key.isEmpty() || !key.chars().allMatch(MemberNames::plain)) {
      throw new IllegalArgumentException("not the key of a node: \"" + key + '"');
    }
    return key;
  }

  private static boolean plain(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
