package io.cloudtask.agent.config;

import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an agent presents its host. */
public final class HostNode {
  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private HostNode() {}

  /**
   * The node as it is before it is signed in.
   *
   * @param port on which the API really listens
   * @param started when this process did
   * @throws ConfigException when {@code cluster.device} names nothing that this host has
   */
  public static Node describe(AgentConfig config, int port, Instant started)
      throws ConfigException {
    SystemConfig system = config.system();
    String ip = address(config);
    String host = ip.indexOf(':') < 0 ? ip : '[' + ip + ']';
    String attach = "{\"jobmaxcount\":" + system.cache().maxjobs() + "}\n";
    return new Node(
        Node.AGENT,
        hostname(),
        "",
        system.cluster().runtime(),
        orElse(system.cluster().os(), os(System.getProperty("os.name", ""))),
        orElse(system.cluster().platform(), platform(System.getProperty("os.arch", ""))),
        ip,
        "http://" + host + ":" + port,
        ProcessHandle.current().pid(),
        false,
        started.getEpochSecond(),
        started.getEpochSecond(),
        Base64.getEncoder().encodeToString(attach.getBytes(StandardCharsets.UTF_8)));
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

  private static String address(AgentConfig config) throws ConfigException {
    String device = config.system().cluster().device();
    Listen first = config.listens().getFirst();
    try {
      if (!device.isEmpty()) {
        return ofDevice(device);
      }
      if (first.isLoopback()) {
        return first.host().equals("::1") ? "::1" : "127.0.0.1";
      }
      return outward().map(InetAddress::getHostAddress).orElse("127.0.0.1");
    } catch (SocketException e) {
      throw new ConfigException("the network interfaces can't be listed: " + e.getMessage());
    }
  }

  private static String ofDevice(String device) throws SocketException, ConfigException {
    for (NetworkInterface each : interfaces()) {
      for (InetAddress address : each.inetAddresses().toList()) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
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
