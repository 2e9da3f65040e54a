/**
 * What every role needs before it starts: its configuration file with the variables over it, its
 * key, its pid file, the cluster's token, how its host presents itself, and where its log goes. A
 * key that is not known, or a value that is not allowed, stops the start with the key, the value,
 * the line and what is allowed. Which keys a role has is the role's own affair.
 */
@NullMarked
package io.cloudtask.settings;

import org.jspecify.annotations.NullMarked;
