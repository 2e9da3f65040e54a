/** How fast the store takes what agents report, against writing the same rows by hand. */
@NullMarked
package io.cloudtask.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
