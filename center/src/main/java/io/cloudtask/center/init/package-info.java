/**
 * Makes a cluster: its place and shared configuration at the coordinator, the token that its nodes
 * share, and the administrator's. Run by a person, once, and again when the addresses change.
 */
@NullMarked
package io.cloudtask.center.init;

import org.jspecify.annotations.NullMarked;
