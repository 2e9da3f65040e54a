/** The one way in which this project reads and writes JSON. */
@NullMarked
package io.cloudtask.model.json;

import org.jspecify.annotations.NullMarked;
