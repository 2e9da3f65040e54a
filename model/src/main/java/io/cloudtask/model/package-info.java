/**
 * What a job is: its definition, its identity and the policies that decide about its fire times.
 * The sub-packages hold the forms in which this travels: {@code wire} for deployed clients, {@code
 * exchange} between agent and center, {@code rest} between console, command line and center.
 */
@NullMarked
package io.cloudtask.model;

import org.jspecify.annotations.NullMarked;
