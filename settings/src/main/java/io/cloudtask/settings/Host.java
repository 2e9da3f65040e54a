package io.cloudtask.settings;

import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This host as it presents itself to the cluster.
 *
 * @param name of the host
 * @param address under which others reach it
 * @param os in the words of the wire: linux, windows, darwin
 * @param platform in the words of the wire: amd64, arm64, 386
 * @param scheme of its ports: http or https
 */
public record Host(String name, String address, String os, String platform, String scheme) {
  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  /**
   * Looks at this host.
   *
   * @param device an address or the name of an interface; "" chooses
   * @param os overrides what is found; "" does not
   * @param platform overrides what is found; "" does not
   * @param listen where the API listens; if that is one address, it is the one that is presented
   * @throws ConfigException when {@code cluster.device} names nothing that this host has
   */
  public static Host describe(String device, String os, String platform, Listen listen)
      throws ConfigException {
    return new Host(
        hostname(),
        address(device, listen),
        orElse(os, os(System.getProperty("os.name", ""))),
        orElse(platform, platform(System.getProperty("os.arch", ""))),
        Tls.NONE.scheme());
  }

  /** The same host, whose ports speak so. */
  public Host speaking(Tls tls) {
    return new Host(name, address, os, platform, tls.scheme());
  }

  /** The base URL of a port of this host. */
  public String url(int port) {
    return scheme + "://" + (address.indexOf(':') < 0 ? address : '[' + address + ']') + ":" + port;
  }

  /**
   * A node on this host as it is before it is signed in.
   *
   * @param type {@link Node#CENTER} or {@link Node#AGENT}
   * @param runtime that it belongs to
   * @param port on which its API really listens
   * @param started when this process did
   * @param attach as on the wire; null for a center
   */
  public Node node(int type, String runtime, int port, Instant started, @Nullable String attach) {
    return new Node(
        type,
        name,
        "",
        runtime,
        os,
        platform,
        address,
        url(port),
        ProcessHandle.current().pid(),
        false,
        started.getEpochSecond(),
        started.getEpochSecond(),
        attach);
  }

  static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("windows") ? "windows" : lower.startsWith("mac") ? "darwin" : lower;
  }

  static String platform(String arch) {
    return switch (arch) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> arch;
    };
  }

  private static String hostname() {
    try {
      return Files.isReadable(HOSTNAME)
          ? Files.readString(HOSTNAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      // A host without a name is shown by its address; that is no reason not to start.
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
  }

  private static String address(String device, Listen listen) throws ConfigException {
    try {
      if (!device.isEmpty()) {
        return ofDevice(device);
      }
      if (listen.isLoopback()) {
        return listen.host().equals("::1") ? "::1" : "127.0.0.1";
      }
      InetAddress bound = InetAddress.getByName(listen.bindHost());
      return bound.isAnyLocalAddress()
          ? outward().map(Host::text).orElse("127.0.0.1")
          : text(bound);
    } catch (SocketException e) {
      throw new ConfigException("the network interfaces can't be listed: " + e.getMessage());
    } catch (UnknownHostException e) {
      throw new ConfigException("\"%s\" is no address of this host".formatted(listen.host()));
    }
  }

  /** Without the name of the interface that an IPv6 address may carry. */
  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private static String ofDevice(String device) throws SocketException, ConfigException {
    for (NetworkInterface each : interfaces()) {
      for (InetAddress address : each.inetAddresses().toList()) {
        String text = text(address);
        boolean named = each.getName().equals(device) && address instanceof Inet4Address;
        if (named || text.equals(device)) {
          return text;
        }
      }
    }
    String names = String.join(", ", interfaces().stream().map(NetworkInterface::getName).toList());
    throw new ConfigException(
        "cluster.device: this host has no interface or address \"%s\"; interfaces are %s"
            .formatted(device, names));
  }

  /** An address of an interface that leads somewhere, IPv4 before IPv6. */
  private static Optional<InetAddress> outward() throws SocketException {
    List<InetAddress> all =
        interfaces().stream()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    return all.stream()
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static List<NetworkInterface> interfaces() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .sorted((a, b) -> Integer.compare(a.getIndex(), b.getIndex()))
        .toList();
  }

  private static String orElse(String text, String usual) {
    return text.isEmpty() ? usual : text;
  }
}
