package io.cloudtask.center.http;

import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.SignedIn;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whoever was let in.
 *
 * @param address of the other end
 * @param tls whether the request came by TLS
 * @param signedIn null for whoever is not at a browser with a session
 * @param welcome whether they would be let in now as the same
 */
record Caller(
    Principal principal,
    InetAddress address,
    boolean tls,
    @Nullable SignedIn signedIn,
    BooleanSupplier welcome) {}
