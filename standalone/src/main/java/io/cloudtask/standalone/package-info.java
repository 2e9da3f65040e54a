/**
 * A whole system in one process: coordinator, store, center, console and one agent, put together by
 * plain constructors and bound to one data directory. What is decided is decided in the modules
 * that it starts; here is only the order in which they start and end, and what a person reads while
 * they do. A fault in any part ends the process with one message that says what to mend.
 */
@NullMarked
package io.cloudtask.standalone;

import org.jspecify.annotations.NullMarked;
