/**
 * The product from outside: real processes, told what to do as an operator would and killed as
 * nights do. What the jobs themselves wrote down is compared with what the ledger says; nothing
 * here looks inside.
 */
@NullMarked
package io.cloudtask.e2e;

import org.jspecify.annotations.NullMarked;
