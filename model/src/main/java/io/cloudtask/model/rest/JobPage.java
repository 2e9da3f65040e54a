package io.cloudtask.model.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of jobs.
 *
 * @param next give it back as {@code after} for the next part, in the usual order; null at the end,
 *     and for any other order, in which {@code offset} leads on
 * @param total how many jobs there are in all parts
 * @param counts how many there are of each state, whatever state was asked for, and "all"
 */
public record JobPage(
    List<JobItem> items, @Nullable String next, long total, Map<String, Long> counts) {}
