/**
 * Where the lines of the log go: to a file that begins anew when it is full, and to standard error.
 * Everything that runs in this process, libraries too, comes together in java.util.logging. Each
 * record is one line; a fault's trace follows in the file only.
 */
@NullMarked
package io.cloudtask.agent.log;

import org.jspecify.annotations.NullMarked;
