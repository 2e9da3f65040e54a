@NullMarked
package io.cloudtask.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
