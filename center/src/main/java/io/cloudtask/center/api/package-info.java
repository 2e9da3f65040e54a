/**
 * The REST API under {@code /api/v1}, for the console, the command line and every script. Each
 * class holds the routes of one subject, reads the store in one transaction per answer, and leaves
 * deciding to {@code jobs} and {@code runs}. Whatever changes a job set tells {@link
 * io.cloudtask.center.api.ApiRoutes.Effects} after its commit.
 */
@NullMarked
package io.cloudtask.center.api;

import org.jspecify.annotations.NullMarked;
