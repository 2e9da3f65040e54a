package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a runtime, or a group of it: the users who hold the role owner on just that. It is also
 * the body of {@code PUT /api/v1/runtimes/{name}/owners}.
 *
 * @param group null: the runtime
 * @param owners names of users
 */
public record OwnersView(@Nullable String group, List<String> owners) {}
