/**
 * What an operator says to a center before it starts: its keys, what each may be, and what they
 * mean together. What the center shows of it to others is a record of its own that holds no secret.
 */
@NullMarked
package io.cloudtask.center.config;

import org.jspecify.annotations.NullMarked;
