import type { WhyView } from './api/types';
import type { Say } from './i18n';
import { stamp } from './time';

/** A schedule without what is the same for nearly all: all day long, from the day on which it was made. */
export const brief = (words: string) =>
  words.replace(' from 00:00 to 23:59', '').replace(/(, from \d{4}-\d\d-\d\d|，自 \d{4}-\d\d-\d\d 起)$/, '');

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

/** What happened at an instant, and why; from the facts of the answer, for whoever reads it. */
export function whyInWords(t: Say, why: WhyView): string {
  const agent = why.agent ?? '';
  const version = why.version ?? 0;
  const reason = plainly(t, why.reason ?? '');
  switch (why.cause) {
    case 'run':
      return t('it ran, under version {version}', { version });
    case 'cancelled':
      return t('its run waited for its turn and never started');
    case 'gap':
      return (
        (why.verdict === 'skipped'
          ? t('it was due and skipped: {reason}', { reason })
          : t('it was due and missed: {reason}', { reason })) + others(t, why)
      );
    case 'not_made':
      return t('the job did not exist then');
    case 'disabled':
      return t('the job was disabled, so nothing was due (version {version})', { version });
    case 'by_hand':
      return t('the job had no schedule and ran by hand only (version {version})', { version });
    case 'broken':
      return t('its schedule could not fire (version {version})', { version });
    case 'not_due':
      return t('its schedule did not mean this instant (version {version})', { version });
    case 'to_come':
      return t('it is due then, under version {version}', { version });
    case 'agent_lost':
      return t('it was due, and whether it ran is not known: {agent} had the job and counts as dead since {since}', {
        agent,
        since: stamp(why.since ?? ''),
      });
    case 'not_kept':
      return t('it was due, and the answer is no longer kept: it is older than the retention of runs');
    case 'no_agent':
      return t('it was due, and no agent holds the job');
    case 'not_reported':
      return t('it was due, and {agent} has not reported on it yet; ask again', { agent });
    case 'agent_away':
      return t('it was due, and {agent}, which owns it, is away; it will tell when it comes back', { agent });
  }
}

function others(t: Say, { gap }: WhyView): string {
  if (gap === null || gap.instants === 1) return '';
  const { first, last, instants } = gap;
  return t('; so were all {count} due instants from {first} to {last}', {
    count: instants,
    first: stamp(first),
    last: stamp(last),
  });
}
