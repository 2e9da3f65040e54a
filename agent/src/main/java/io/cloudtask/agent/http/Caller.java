package io.cloudtask.agent.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the connection and the headers tell.
 *
 * @param loopback whether the connection comes from this host's loopback address
 * @param host the Host header, "" when absent
 * @param origin the Origin header: the page on whose behalf a browser asks
 * @param forwarded whether a proxy says that it asks for somebody else
 * @param authorization the Authorization header
 */
record Caller(
    boolean loopback,
    String host,
    @Nullable String origin,
    boolean forwarded,
    @Nullable String authorization) {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * A program or a page of this host. The Host header must be local too, or else a page from
   * anywhere could have its own name resolve to 127.0.0.1 and ask as if it were local.
   */
  boolean isLocal() {
    return loopback && !forwarded && isLocalName(host) && (origin == null || hasLocalOrigin());
  }

  /** Whether a page of this host asks. */
  boolean hasLocalOrigin() {
    if (origin == null) {
      return false;
    }
    try {
      URI page = new URI(origin);
      boolean web = "http".equals(page.getScheme()) || "https".equals(page.getScheme());
      return web && page.getRawAuthority() != null && isLocalName(page.getRawAuthority());
    } catch (URISyntaxException e) {
      // A browser sends no such origin; whoever does is a stranger.
      return false;
    }
  }

  private static boolean isLocalName(String authority) {
    String name = authority.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return LOCAL_NAMES.contains(name);
  }
}
