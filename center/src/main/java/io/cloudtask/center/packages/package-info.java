/**
 * Packages over HTTP: upload once under a name, download whole or in part. An upload is written to
 * a temporary file first and enters the store only when it has arrived to its end. What is inside a
 * package is nobody's business here; agents check that when they unpack it.
 */
@NullMarked
package io.cloudtask.center.packages;

import org.jspecify.annotations.NullMarked;
