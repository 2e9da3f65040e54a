/**
 * How the parts of an agent that do something again and again get to do it: each in a thread of its
 * own. What they do in a turn is theirs; here is only the waiting in between, so that another kind
 * of time can be put in the place of threads.
 */
@NullMarked
package io.cloudtask.agent.loop;

import org.jspecify.annotations.NullMarked;
