/**
 * Who asks, and what they may do. A caller is known by the token it presents, or, where a route
 * says so, by sitting on this very machine; roles are held against the route by {@code http}, never
 * inside a handler. This package decides on values alone and knows nothing of HTTP servers.
 */
@NullMarked
package io.cloudtask.center.access;

import org.jspecify.annotations.NullMarked;
