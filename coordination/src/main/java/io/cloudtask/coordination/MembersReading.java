package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who of one type is signed in. Remembers what it read, so that one heartbeat costs one read.
 * Confined to the watch loop.
 */
final class MembersReading implements ZooKeeperWatch.Reading<List<Member>> {
  private static final System.Logger LOG = System.getLogger(MembersReading.class.getName());

  private final ZooKeeperNodes nodes;
  private final String prefix;
  private final Map<String, Member> members = new TreeMap<>();
  private boolean complete;

  MembersReading(ZooKeeperNodes nodes, int type) {
    this.nodes = nodes;
    this.prefix = MemberNames.prefix(type);
  }

  @Override
  public Optional<List<Member>> read(@Nullable String changed) throws CoordinationException {
    if (changed != null && complete) {
      String name = name(changed);
      if (!name.startsWith(prefix)) {
        return Optional.empty();
      }
      refresh(name);
    } else {
      readAll();
    }
    return Optional.of(List.copyOf(members.values()));
  }

  /** After a failure half-way the next reading starts over: a part is never told as the whole. */
  private void readAll() throws CoordinationException {
    complete = false;
    Set<String> present = new HashSet<>();
    for (String name : nodes.names()) {
      if (name.startsWith(prefix)) {
        refresh(name);
        present.add(name);
      }
    }
    members.keySet().retainAll(present);
    complete = true;
  }

  private void refresh(String name) throws CoordinationException {
    String path = nodes.path(name);
    Optional<ZooKeeperNodes.Content> content = nodes.read(path);
    if (content.isEmpty()) {
      members.remove(name);
      return;
    }
    try {
      Node node = NodeText.node(path, content.get().data());
      members.put(name, new Member(name.substring(prefix.length()), node));
    } catch (CoordinationException unreadable) {
      members.remove(name);
      LOG.log(System.Logger.Level.WARNING, "A member is left out: {0}", unreadable.getMessage());
    }
  }

  private String name(String path) {
    return path.length() > nodes.root().length() ? path.substring(nodes.root().length() + 1) : "";
  }
}
