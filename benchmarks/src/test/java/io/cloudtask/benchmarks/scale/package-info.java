@NullMarked
package io.cloudtask.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
