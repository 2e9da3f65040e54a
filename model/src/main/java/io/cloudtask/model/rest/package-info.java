/**
 * The records of the REST API under {@code /api/v1}, which the console, the command line and every
 * script use. Times are RFC 3339 in UTC; durations say their unit in their name.
 */
@NullMarked
package io.cloudtask.model.rest;

import org.jspecify.annotations.NullMarked;
