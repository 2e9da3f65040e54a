/**
 * The operator's commands, over the REST API of a center. A command sends what it was given and
 * shows the answer: nothing is parsed, checked or decided here that the center decides too. Each
 * command is a method of the class of its noun; {@link io.cloudtask.cli.Session} is what they
 * share.
 */
@NullMarked
package io.cloudtask.cli;

import org.jspecify.annotations.NullMarked;
