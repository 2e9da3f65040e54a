import { stamp } from './time';

/** A schedule without what is the same for nearly all: all day long, from the day on which it was made. */
export const brief = (words: string) =>
  words.replace(' from 00:00 to 23:59', '').replace(/, from \d{4}-\d\d-\d\d$/, '');

/** A reason of the ledger, such as "agent_down", as words. */
export const plainly = (reason: string) => reason.replace(/_/g, ' ');

/** What the server says in UTC, with the clock of whoever reads it. */
export const inViewersZone = (words: string) =>
  words.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, (at) => stamp(at));
