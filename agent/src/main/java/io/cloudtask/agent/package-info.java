/**
 * An agent, put together: the parts are made here, given to each other, started in the order in
 * which they need each other, and ended in the reverse one. What a part does is told in its own
 * package; what goes on between them is told in {@code docs/life-of-a-job.md}.
 */
@NullMarked
package io.cloudtask.agent;

import org.jspecify.annotations.NullMarked;
