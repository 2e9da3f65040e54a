/**
 * Who may sign in: the people, their sessions and tokens, and the routes by which they are looked
 * after. A caller is what the store says at the moment of the request, so that whatever is taken
 * away is gone with the next one. Passwords are compared outside of transactions, and only after
 * the tries were counted.
 */
@NullMarked
package io.cloudtask.center.accounts;

import org.jspecify.annotations.NullMarked;
