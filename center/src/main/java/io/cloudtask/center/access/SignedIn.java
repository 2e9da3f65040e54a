package io.cloudtask.center.access;

/**
 * Somebody at a browser.
 *
 * @param session the id of the session, which opens nothing
 * @param csrf what this browser has to send beside its cookie to change anything
 */
public record SignedIn(Principal principal, String session, String csrf) {}
