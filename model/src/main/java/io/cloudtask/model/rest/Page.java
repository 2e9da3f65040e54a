package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next give it back as {@code after} for the next part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}
