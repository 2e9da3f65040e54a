/**
 * The web console as files: what the module {@code console} built, read from the class path and
 * given to anybody. Nothing in it is secret, and what it shows it asks of the REST API, which knows
 * who asks.
 */
@NullMarked
package io.cloudtask.center.site;

import org.jspecify.annotations.NullMarked;
