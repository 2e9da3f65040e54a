/**
 * A ZooKeeper server as a role of its own, for those who have no ensemble yet: the server of the
 * library, with our way to start, to log and to end.
 */
@NullMarked
package io.cloudtask.coordination.server;

import org.jspecify.annotations.NullMarked;
