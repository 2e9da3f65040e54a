/**
 * What must never be wrong, in SQL: definitions, assignments, runs, the ledger, output, packages
 * and tokens, changed only inside a transaction. The door is {@link io.cloudtask.store.Store}: it
 * gives a {@link io.cloudtask.store.Tx}, and a transaction gives one repository per subject. An
 * expected refusal is a value; {@link io.cloudtask.store.StoreException} is a fault.
 */
@NullMarked
package io.cloudtask.store;

import org.jspecify.annotations.NullMarked;
