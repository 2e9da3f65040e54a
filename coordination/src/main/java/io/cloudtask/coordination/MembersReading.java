package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Who of one type is signed in. Remembers what it read, so that one heartbeat costs one read. Each
 * member's node has a watch of its own: one for all that is under the root would bring in every
 * renewal of every lease. Confined to the watch loop.
 */
final class MembersReading implements ZooKeeperWatch.Reading<List<Member>> {
  private static final System.Logger LOG = System.getLogger(MembersReading.class.getName());

  private final ZooKeeperNodes nodes;
  private final String prefix;
  private final Map<String, Member> members = new TreeMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Map<String, String> said = new HashMap<>();
  private boolean complete;

  MembersReading(ZooKeeperNodes nodes, int type) {
    this.nodes = nodes;
    this.prefix = MemberNames.prefix(type);
  }

  @Override
  public void watch(Watcher watcher) throws CoordinationException {
    complete = false;
    watched.clear();
    nodes.watch(nodes.root(), watcher);
  }

  @Override
  public void unwatch(Watcher watcher) throws CoordinationException {
    nodes.unwatch(nodes.root(), watcher);
    for (String name : watched) {
      nodes.unwatch(nodes.path(name), watcher);
    }
  }

  /** After a failure half-way the next reading starts over: a part is never told as the whole. */
  @Override
  public Optional<List<Member>> read(Watcher watcher, @Nullable String changed)
      throws CoordinationException {
    String name = changed == null ? "" : nodes.name(changed);
    boolean known = complete;
    complete = false;
    if (known && name.startsWith(prefix)) {
      refresh(name);
    } else {
      readNames(watcher, known);
    }
    complete = true;
    return Optional.of(List.copyOf(members.values()));
  }

  /**
   * @param known whether those that are watched already need no reading
   */
  private void readNames(Watcher watcher, boolean known) throws CoordinationException {
    Set<String> present =
        nodes.names().stream().filter(n -> n.startsWith(prefix)).collect(Collectors.toSet());
    for (String name : present) {
      if (!watched.contains(name)) {
        nodes.watch(nodes.path(name), watcher);
        watched.add(name);
        refresh(name);
      } else if (!known) {
        refresh(name);
      }
    }
    for (String name : List.copyOf(watched)) {
      if (!present.contains(name)) {
        nodes.unwatch(nodes.path(name), watcher);
        watched.remove(name);
        members.remove(name);
      }
    }
  }

  private void refresh(String name) throws CoordinationException {
    try {
      Optional<Node> node = nodes.member(name);
      if (node.isEmpty()) {
        members.remove(name);
      } else {
        members.put(name, new Member(name.substring(prefix.length()), node.get()));
      }
      said.remove(name);
    } catch (UnreadableException unreadable) {
      members.remove(name);
      say(name, unreadable.getMessage());
    }
  }

  private void say(String name, String why) {
    if (!why.equals(said.put(name, why))) {
      LOG.log(System.Logger.Level.WARNING, "A member is left out: {0}", why);
    }
  }
}
