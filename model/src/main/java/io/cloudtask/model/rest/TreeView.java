package io.cloudtask.model.rest;

import java.util.List;

/** A runtime with its groups: how many jobs they have, and how many of them fail. */
public record TreeView(String runtime, long jobs, long failing, List<Group> groups) {
  /** A group. */
  public record Group(String name, long jobs, long failing) {}
}
