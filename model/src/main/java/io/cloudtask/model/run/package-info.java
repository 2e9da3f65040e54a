/**
 * One execution of a job, its states, and how each due instant is answered for in the ledger. Pure
 * values, shared by the agent that makes them, the store that keeps them and whoever shows them.
 */
@NullMarked
package io.cloudtask.model.run;

import org.jspecify.annotations.NullMarked;
