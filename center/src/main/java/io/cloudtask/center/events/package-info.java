/**
 * Tells pages that something has changed, so that they look again: one reader of the store notices
 * for all viewers, and only while there are some. What has changed is said by topic; what it is
 * now, and whether a viewer may see it, is decided where it is read.
 */
@NullMarked
package io.cloudtask.center.events;

import org.jspecify.annotations.NullMarked;
