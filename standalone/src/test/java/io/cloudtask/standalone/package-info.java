@NullMarked
package io.cloudtask.standalone;

import org.jspecify.annotations.NullMarked;
