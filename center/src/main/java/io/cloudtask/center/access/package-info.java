/**
 * Who asks, and what they may do. A caller is known by the session of a browser, by the token it
 * presents, or, where a route says so, by sitting on this very machine. Roles are held against the
 * route by {@code http}, and against each object where it is loaded, by what a {@link
 * io.cloudtask.center.access.Principal} holds them on. This package knows nothing of HTTP servers.
 */
@NullMarked
package io.cloudtask.center.access;

import org.jspecify.annotations.NullMarked;
