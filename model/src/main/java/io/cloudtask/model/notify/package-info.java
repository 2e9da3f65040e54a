/** What people can be told of, in the words that console, API and store have in common. */
@NullMarked
package io.cloudtask.model.notify;

import org.jspecify.annotations.NullMarked;
