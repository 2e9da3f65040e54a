package io.cloudtask.coordination;

import java.util.List;

/**
 * Who of one type is signed in.
 *
 * @param members those whose node can be read
 * @param unreadable those whose node holds something else: somebody may be there
 */
public record Roster(List<Member> members, List<Unreadable> unreadable) {

  public Roster {
    members = List.copyOf(members);
    unreadable = List.copyOf(unreadable);
  }

  /** How many there are, readable or not. */
  public int size() {
    return members.size() + unreadable.size();
  }

  /**
   * A node that nobody can read.
   *
   * @param key by the node's name
   * @param reason what is wrong with it and how to mend it
   */
  public record Unreadable(String key, String reason) {}
}
