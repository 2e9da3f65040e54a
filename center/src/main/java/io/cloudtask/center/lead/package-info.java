/**
 * What only one center does: it watches who is there, takes jobs from agents that are dead, places
 * what nobody holds, answers for what nobody ran, and prunes.
 *
 * <p>Being elected gives nobody the right to change anything: a center that was paused believes in
 * its election for as long as it likes. The right is the epoch in the store ({@link
 * io.cloudtask.center.lead.Mandate}): every transaction asks for it first. The decisions ({@link
 * io.cloudtask.center.lead.Reign}, {@link io.cloudtask.center.lead.Roster}, {@link
 * io.cloudtask.center.lead.Verdict}) are plain values of what is known and of the time; {@link
 * io.cloudtask.center.lead.Duties} has no thread of its own and does one round when it is asked to.
 */
@NullMarked
package io.cloudtask.center.lead;

import org.jspecify.annotations.NullMarked;
