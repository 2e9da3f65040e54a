package io.cloudtask.center.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where webhooks may go: not to this host, its link, or the places where clouds keep secrets of
 * their machines, unless the configuration allows that. Pure.
 */
final class TargetRule {
  private static final Set<String> METADATA =
      Set.of("169.254.169.254", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254", "192.0.0.192");

  private TargetRule() {}

  /** Why a URL can't be a target; empty when it can, as far as can be told without asking DNS. */
  static Optional<String> objection(String url) {
    if (url.length() > 2000) {
      return Optional.of("is longer than 2000 characters");
    }
    try {
      URI uri = URI.create(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("https") && !scheme.equals("http")) {
        return Optional.of("is no URL that begins with https:// or http://");
      }
      if (uri.getHost() == null) {
        return Optional.of("names no host");
      }
      return uri.getRawUserInfo() == null
          ? Optional.empty()
          : Optional.of("holds a user or a password; sign with a secret instead");
    } catch (IllegalArgumentException e) {
      return Optional.of("is no URL");
    }
  }

  /** Whether an address is of this host, of its link, or holds secrets of a cloud. */
  static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())
        || isReserved(address)
        || hidesLocal(address);
  }

  private static boolean isReserved(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address && (bytes[0] == 0 || (bytes[0] & 0xff) >= 240);
  }

  /** An IPv4 address inside one of IPv6 (compatible, 6to4, NAT64). */
  private static boolean hidesLocal(InetAddress address) {
    if (!(address instanceof Inet6Address v6)) {
      return false;
    }
    byte[] bytes = v6.getAddress();
    int at;
    if (v6.isIPv4CompatibleAddress()) {
      at = 12;
    } else if (bytes[0] == 0x20 && bytes[1] == 0x02) {
      at = 2;
    } else if (bytes[0] == 0
        && bytes[1] == 0x64
        && (bytes[2] & 0xff) == 0xff
        && (bytes[3] & 0xff) == 0x9b) {
      at = 12;
    } else {
      return false;
    }
    try {
      return isLocal(
          InetAddress.getByAddress(
              new byte[] {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]}));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
