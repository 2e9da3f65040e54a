package io.cloudtask.center.access;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names under which browsers find this center. What a browser sends by itself counts only when
 * it was sent to one of them, by a page that came from there: else a name that somebody points at
 * this machine, or a page elsewhere, could use the session of whoever looks at it. Thread-safe when
 * its supplier is.
 */
public final class Sites {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;
  private final Supplier<String> website;

  /** What a request from a browser is. */
  public enum Judgement {
    /** From a page of this center, or from no page. */
    OWN,
    /** To a name that is not one of this center. */
    FOREIGN_HOST,
    /** From a page of somebody else. */
    FOREIGN_PAGE
  }

  /**
   * The parts of a request that decide.
   *
   * @param local the address of this machine to which it came
   * @param host the {@code Host} header
   * @param origin the {@code Origin} header
   * @param fetchSite the {@code Sec-Fetch-Site} header
   */
  public record Facts(
      String local, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {}

  /**
   * Knows its names.
   *
   * @param hosts names and addresses of this machine, without ports
   * @param website the URL that people use, as configured; "" when there is none
   */
  public Sites(Set<String> hosts, Supplier<String> website) {
    Set<String> all = new HashSet<>(LOOPBACK);
    hosts.forEach(host -> all.add(written(host)));
    this.hosts = Set.copyOf(all);
    this.website = website;
  }

  /** Judges a request. */
  public Judgement judge(Facts facts) {
    String host = facts.host();
    if (host == null || !answersFor(withoutPort(host.toLowerCase(Locale.ROOT)), facts.local())) {
      return Judgement.FOREIGN_HOST;
    }
    return ownPage(facts, host) ? Judgement.OWN : Judgement.FOREIGN_PAGE;
  }

  private boolean answersFor(String host, String local) {
    return hosts.contains(host)
        || host.equals(written(local))
        || website().filter(url -> host.equals(withoutPort(authority(url)))).isPresent();
  }

  private boolean ownPage(Facts facts, String host) {
    String site = facts.fetchSite();
    boolean same = site == null || site.equals("same-origin") || site.equals("none");
    String origin = facts.origin();
    return same
        && (origin == null
            || origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host)
            || website().filter(url -> origin.equalsIgnoreCase(origin(url))).isPresent());
  }

  private Optional<URI> website() {
    try {
      return Optional.of(URI.create(website.get())).filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + authority(url);
  }

  private static String authority(URI url) {
    return url.getRawAuthority().toLowerCase(Locale.ROOT);
  }

  /** As it stands in a {@code Host} header. */
  private static String written(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.indexOf(':') < 0 || lower.startsWith("[") ? lower : '[' + lower + ']';
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') && colon > 0 ? host.substring(0, colon) : host;
  }
}
