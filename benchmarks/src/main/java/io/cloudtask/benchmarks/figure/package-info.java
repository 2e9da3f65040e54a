/**
 * Figures: how samples become a median and a spread, how a figure is held against its limit and its
 * goal, how runs are compared, and how all of it is shown. Pure.
 */
@NullMarked
package io.cloudtask.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
