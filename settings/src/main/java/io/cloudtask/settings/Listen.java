package io.cloudtask.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or an address without brackets; "" means all addresses of the host
 * @param port 0 to 65535; 0 chooses a free one
 */
public record Listen(String host, int port) {
  /** What {@link #parse} takes, in words. */
  public static final String ALLOWED =
      "address:port with a port from 0 to 65535, such as 127.0.0.1:8600, [::1]:8600, or :8600 for"
          + " all addresses";

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)\\]|([^\\[\\]:/\\s]*)):(\\d{1,5})");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

  /** Reads one; empty when the text is not {@link #ALLOWED}. */
  public static Optional<Listen> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    int port = Integer.parseInt(parts.group(3));
    return port > 65535 ? Optional.empty() : Optional.of(new Listen(host, port));
  }

  /** The same address with another port. */
  public Listen at(int other) {
    return new Listen(host, other);
  }

  /** Whether only programs of this host can reach it. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * Opens it and closes it again, so that a busy address costs a message and not half a start.
   *
   * @return the port, a free one in the place of 0
   * @throws UnknownHostException when the host is no address of this host
   * @throws IOException when it can't be had; says why
   */
  public int probe() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(bindHost()), port));
      return socket.getLocalPort();
    }
  }

  /** Whether it means all addresses of the host. */
  public boolean isEverywhere() {
    return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
  }

  /** As the base URL of a web server that speaks so. */
  public String url(Tls tls) {
    return tls.scheme() + "://" + written();
  }

  /** As it stands in a configuration. */
  public String written() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  /** The address to bind to. */
  public String bindHost() {
    return host.isEmpty() ? "0.0.0.0" : host;
  }
}
