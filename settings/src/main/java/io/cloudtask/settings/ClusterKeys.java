package io.cloudtask.settings;

/** The keys of the section {@code cluster} that mean the same for every role. */
public final class ClusterKeys {
  /** What the name of a runtime looks like, as a regular expression. */
  public static final String RUNTIME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}";

  /** The same in words. */
  public static final String RUNTIME_ALLOWED =
      "a name of at most 64 letters, digits, spaces, dots, dashes and underscores";

  private ClusterKeys() {}

  /** Where the coordinator is: {@code host:port} each, comma separated. */
  public static String hosts(Settings settings) {
    return settings.matching(
        "cluster.hosts",
        "127.0.0.1:2181",
        "[^\\s,/]+:\\d{1,5}(\\s*,\\s*[^\\s,/]+:\\d{1,5})*",
        "host:port of each coordinator, comma separated");
  }

  /** The path at the coordinator under which the cluster lives. */
  public static String root(Settings settings) {
    return settings.matching(
        "cluster.root",
        "/cloudtask",
        "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+",
        "a path such as /cloudtask, of letters, digits, dots, dashes and underscores");
  }

  /** The name of a runtime; "" when none is written. */
  public static String runtime(Settings settings) {
    return settings.matching("cluster.runtime", "", "|" + RUNTIME, RUNTIME_ALLOWED);
  }
}
