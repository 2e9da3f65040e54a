/**
 * The door: every route is registered here with the roles that may use it, and what is not
 * registered does not exist. A request is matched, authenticated, authorised and measured before a
 * handler sees it, and refusals leave in the form that the caller knows: problem details under
 * {@code /api}, the v2 envelope under {@code /cloudtask/v2}. Handlers get a {@link
 * io.cloudtask.center.http.Call} and return a {@link io.cloudtask.center.http.Reply}; only this
 * package knows which HTTP server runs.
 */
@NullMarked
package io.cloudtask.center.http;

import org.jspecify.annotations.NullMarked;
