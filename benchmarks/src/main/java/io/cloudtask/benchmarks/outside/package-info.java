/** Figures of whole processes, as an operator sees them from outside. */
@NullMarked
package io.cloudtask.benchmarks.outside;

import org.jspecify.annotations.NullMarked;
