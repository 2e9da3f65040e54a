package io.cloudtask.center.accounts;

import io.cloudtask.store.Logins;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How often somebody may try a password: counted before it is looked at, for names that nobody has
 * as for others. A try that succeeds is taken back. Thread-safe.
 */
final class Tries {
  static final Duration SPAN = Duration.ofMinutes(5);
  static final int PER_NAME = 10;
  static final int PER_ADDRESS = 30;

  private static final int LONGEST_NAME = 64;

  private final Store store;
  private final Clock clock;

  Tries(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Counts a try; says how long to wait when there were too many. */
  Optional<Duration> count(String name, InetAddress address) {
    Instant now = clock.instant();
    return store.write(tx -> {
      Logins.Tries byName = tx.logins().count(subject(name), now, SPAN);
      Logins.Tries byAddress = tx.logins().count(subject(address), now, SPAN);
      Duration wait = Duration.ZERO;
      if (byName.number() > PER_NAME) {
        wait = Duration.between(now, byName.since().plus(SPAN));
      }
      if (byAddress.number() > PER_ADDRESS) {
        Duration longer = Duration.between(now, byAddress.since().plus(SPAN));
        wait = longer.compareTo(wait) > 0 ? longer : wait;
      }
      return wait.isZero() ? Optional.empty() : Optional.of(wait);
    });
  }

  /** Takes back the try that succeeded, and those before it with that name. */
  static void succeeded(Tx tx, String name, InetAddress address) {
    tx.logins().forget(subject(name));
    tx.logins().forgive(subject(address));
  }

  private static String subject(String name) {
    return "name " + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Whoever has an address of IPv6 has the whole network of 64 bits. */
  private static String subject(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean network = address instanceof Inet6Address && !address.isLoopbackAddress();
    return "address " + HexFormat.of().formatHex(network ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
