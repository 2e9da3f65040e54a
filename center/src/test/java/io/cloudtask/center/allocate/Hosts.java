package io.cloudtask.center.allocate;

/** Agents as tests need them. */
final class Hosts {
  private Hosts() {}

  /** One of runtime prod that takes ten jobs; its host has the name of the key. */
  static Host host(String key) {
    return new Host(key, "prod", "host-" + key, "10.0.0." + key, 10, "", false, true, 0);
  }

  static Host closed(Host h, String why) {
    return new Host(
        h.key(),
        h.runtime(),
        h.hostname(),
        h.ipaddr(),
        h.capacity(),
        why,
        h.draining(),
        h.settled(),
        h.running());
  }

  static Host offline(Host h) {
    return closed(h, "offline");
  }

  static Host withRoomFor(Host h, int capacity) {
    return new Host(
        h.key(),
        h.runtime(),
        h.hostname(),
        h.ipaddr(),
        capacity,
        h.closed(),
        h.draining(),
        h.settled(),
        h.running());
  }

  static Host running(Host h, int running) {
    return new Host(
        h.key(),
        h.runtime(),
        h.hostname(),
        h.ipaddr(),
        h.capacity(),
        h.closed(),
        h.draining(),
        h.settled(),
        running);
  }

  /** One that has come just now. */
  static Host arriving(Host h) {
    return new Host(
        h.key(),
        h.runtime(),
        h.hostname(),
        h.ipaddr(),
        h.capacity(),
        h.closed(),
        h.draining(),
        false,
        h.running());
  }

  static Host in(Host h, String runtime) {
    return new Host(
        h.key(),
        runtime,
        h.hostname(),
        h.ipaddr(),
        h.capacity(),
        h.closed(),
        h.draining(),
        h.settled(),
        h.running());
  }
}
