/**
 * The center as a whole: {@link io.cloudtask.center.Center} puts its parts together and runs what
 * has to happen again and again. Nothing is decided here; each part is in the package that is named
 * after its stage of the flow.
 */
@NullMarked
package io.cloudtask.center;

import org.jspecify.annotations.NullMarked;
