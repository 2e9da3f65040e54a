package io.cloudtask.standalone;

import io.cloudtask.settings.Listen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/**
 * Looks whether the ports can be had before anything is started, so that a busy one costs a message
 * and not half a start. A port that is lost meanwhile is refused by whoever opens it.
 */
final class Ports {
  /** The coordinator has no other reader than this process. */
  static final String COORDINATOR_HOST = "127.0.0.1";

  private Ports() {}

  private record Wanted(String option, String host, int port) {}

  static void check(Options options) throws StartException {
    String host = options.host;
    for (Wanted wanted :
        List.of(
            new Wanted("--console-port", host, options.consolePort),
            new Wanted("--center-port", host, options.centerPort),
            new Wanted("--agent-port", host, options.agentPort),
            new Wanted("--coordinator-port", COORDINATOR_HOST, options.coordinatorPort))) {
      check(wanted);
    }
  }

  private static void check(Wanted wanted) throws StartException {
    if (wanted.port() < 0 || wanted.port() > 65_535) {
      throw new StartException(
          wanted.option() + " " + wanted.port() + " is no port: 1 to 65535, or 0 for any free one");
    }
    checkAddress(wanted.host());
    try {
      new Listen(wanted.host(), wanted.port()).probe();
    } catch (IOException e) {
      throw new StartException(
          "can't listen at "
              + wanted.host()
              + ":"
              + wanted.port()
              + " ("
              + e.getMessage()
              + "): end what holds it, or choose another port with "
              + wanted.option()
              + " (0 for any free one)",
          e);
    }
  }

  /** It has to be one of this machine. */
  private static void checkAddress(String host) throws StartException {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
        return;
      }
    } catch (IOException e) {
      throw new StartException(noAddress(host), e);
    }
    throw new StartException(noAddress(host));
  }

  private static String noAddress(String host) {
    return "--host " + host + " is no address of this machine: name one, like 127.0.0.1";
  }
}
