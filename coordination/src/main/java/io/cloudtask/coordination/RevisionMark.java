package io.cloudtask.coordination;

/**
 * What the coordinator said of an agent's job set when it was asked. Whoever registers names it,
 * and is refused when the set has moved since.
 *
 * @param revision the newest revision that was published, 0 when none was
 * @param version counts the changes of the node; no two publications or fences leave it the same
 */
public record RevisionMark(long revision, int version) {}
