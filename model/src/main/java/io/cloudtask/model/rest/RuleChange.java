package io.cloudtask.model.rest;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body that makes or replaces a rule; see {@link RuleView}. What is null is any, or as usual.
 *
 * @param secret that signs what is posted: null keeps the one that is there, "" removes it
 */
public record RuleChange(
    String name,
    @Nullable String runtime,
    @Nullable String group,
    @Nullable String jobid,
    List<String> kinds,
    String channel,
    List<String> targets,
    @Nullable String template,
    @Nullable String secret,
    @Nullable Boolean enabled) {
  /** What has to be there is empty when a body lacks it, and refused as such. */
  public RuleChange {
    name = Objects.requireNonNullElse(name, "");
    kinds = Objects.requireNonNullElse(kinds, List.of());
    channel = Objects.requireNonNullElse(channel, "");
    targets = Objects.requireNonNullElse(targets, List.of());
  }
}
