/**
 * One run as a group of processes of this host: started in a session of its own, with its output in
 * files, and stopped as a whole. A run does not depend on the agent that started it: what is needed
 * to find it again, and to learn how it ended, is in its run directory and in its environment.
 * Nothing here knows of schedules, journals or centers.
 */
@NullMarked
package io.cloudtask.agent.process;

import org.jspecify.annotations.NullMarked;
