/**
 * The secrets in the environments of jobs. A definition holds them sealed, wherever it lies; they
 * are opened only for an agent that is to run the job. People get a placeholder, which stands for
 * the value that is there when it is sent back.
 */
@NullMarked
package io.cloudtask.center.secrets;

import org.jspecify.annotations.NullMarked;
