/**
 * A cluster in the pretended world: the real decisions of agents and centers and the real store, in
 * pretended shells. The shells take the place of threads, of HTTP, of the ZooKeeper client, of
 * disks and of processes; what they carry out is decided by the same code that is shipped.
 */
@NullMarked
package io.cloudtask.simulation.cluster;

import org.jspecify.annotations.NullMarked;
