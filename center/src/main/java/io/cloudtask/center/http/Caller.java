package io.cloudtask.center.http;

import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.SignedIn;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whoever was let in.
 *
 * @param address of the other end
 * @param signedIn null for whoever is not at a browser with a session
 */
record Caller(Principal principal, InetAddress address, @Nullable SignedIn signedIn) {}
