@NullMarked
package io.cloudtask.cli;

import org.jspecify.annotations.NullMarked;
