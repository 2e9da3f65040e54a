package io.cloudtask.center.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request without a token comes from a person or program on this machine, and not from a
 * web page that a browser on it shows: the peer is loopback, the Host is a local name (a rebound
 * DNS name is not), no other origin is named, and no proxy says that it speaks for somebody else.
 */
public final class LoopbackRule {
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private LoopbackRule() {}

  /**
   * The parts of a request that decide.
   *
   * @param host the {@code Host} header
   * @param origin the {@code Origin} header
   * @param fetchSite the {@code Sec-Fetch-Site} header: browsers send it where they send no origin
   * @param forwarded whether any header of a proxy is there
   */
  public record Facts(
      InetAddress peer,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      boolean forwarded) {}

  /** Whether the rule lets this request in. */
  public static boolean allows(Facts facts) {
    String host = facts.host();
    return facts.peer().isLoopbackAddress()
        && host != null
        && LOCAL_HOSTS.contains(withoutPort(host.toLowerCase(Locale.ROOT)))
        && sameOrigin(facts.origin(), host)
        && sameSite(facts.fetchSite())
        && !facts.forwarded();
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') && colon > 0 ? host.substring(0, colon) : host;
  }

  private static boolean sameOrigin(@Nullable String origin, String host) {
    return origin == null
        || origin.equalsIgnoreCase("http://" + host)
        || origin.equalsIgnoreCase("https://" + host);
  }

  private static boolean sameSite(@Nullable String fetchSite) {
    return fetchSite == null || fetchSite.equals("same-origin") || fetchSite.equals("none");
  }
}
