/**
 * Real processes to measure: the roles, started by the launcher as everybody starts them; small C
 * programs that show what the machine allows; and what the kernel says of a process. Whatever is
 * started here ends by its own pid.
 */
@NullMarked
package io.cloudtask.benchmarks.process;

import org.jspecify.annotations.NullMarked;
