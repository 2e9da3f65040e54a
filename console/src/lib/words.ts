import type { Say } from './i18n';
import { stamp } from './time';

/** A schedule without what is the same for nearly all: all day long, from the day on which it was made. */
export const brief = (words: string) =>
  words.replace(' from 00:00 to 23:59', '').replace(/, from \d{4}-\d\d-\d\d$/, '');

/** Why due instants have no run, by what the ledger calls it. */
const REASONS: Record<string, { word: string }> = {
  overlap: { word: 'the run before was still going' },
  queue_full: { word: 'too many runs were waiting already' },
  package_unavailable: { word: 'its package was not available on the host' },
  late: { word: 'the agent could not start it on time' },
  lease_lost: { word: 'its agent was cut off and could not know whether it still had the job' },
  claimed_elsewhere: { word: 'another agent had claimed it' },
  no_claim: { word: 'no center could be asked for the claim' },
  clock_off: { word: 'the clock of its host was too far off' },
  agent_lost: { word: 'its agent was lost, and whether it ran is not known' },
  agent_down: { word: 'the agent was not running' },
  no_agent: { word: 'no agent held the job' },
  not_journalled: { word: 'the agent could not write its journal' },
  journal_damaged: { word: 'the journal of its agent was damaged, and whether it ran is not known' },
};

/** A reason of the ledger, such as "agent_down", as words. */
export const plainly = (t: Say, reason: string) => t(REASONS[reason.toLowerCase()]?.word ?? reason.replace(/_/g, ' '));

/** What the server says in UTC, with the clock of whoever reads it. */
export const inViewersZone = (words: string) =>
  words.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, (at) => stamp(at));
