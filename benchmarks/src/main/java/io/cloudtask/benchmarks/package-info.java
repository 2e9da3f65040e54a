/**
 * What Cloudtask costs, and what the machine allows. Each {@link io.cloudtask.benchmarks.Benchmark}
 * measures one claim and, in the same run, the physical limit that stands beside it; {@code Main}
 * runs those that are named, prints a table and writes JSON.
 */
@NullMarked
package io.cloudtask.benchmarks;

import org.jspecify.annotations.NullMarked;
