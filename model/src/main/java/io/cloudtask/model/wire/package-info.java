/**
 * The records of the v2 wire that deployed clients know: names, order and types of fields are
 * exact, down to {@code singin}. Ours adds fields, never renames or drops.
 */
@NullMarked
package io.cloudtask.model.wire;

import org.jspecify.annotations.NullMarked;
