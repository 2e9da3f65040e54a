/**
 * On paper: what a deployment asks of its parts every second, and which of them gives out first.
 */
@NullMarked
package io.cloudtask.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
