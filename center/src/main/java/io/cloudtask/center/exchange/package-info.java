/**
 * What a center and its agents say to each other. Agents ask: they introduce themselves, fetch
 * their job set, deliver what happened ({@code ExchangeRoutes}); the center calls them only to act
 * at once, to follow a run, or to have them look for a new set ({@code AgentClient}). {@code
 * Presence} carries who is signed in at the coordinator into the store, {@code Revisions} carries
 * new revisions of job sets from the store to the coordinator.
 */
@NullMarked
package io.cloudtask.center.exchange;

import org.jspecify.annotations.NullMarked;
