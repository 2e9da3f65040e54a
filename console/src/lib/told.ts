import type { Say } from './i18n';
import { sentences } from './sentences';
import { inViewersZone } from './words';

/** Why nobody can take a job, or why one agent can not. */
const PLACEMENT = [
  'no agent has joined runtime {runtime}',
  'no host that runtime {runtime} lists has an agent',
  'none of its servers ({servers}) has an agent in runtime {runtime}',
  'runtime {runtime} does not list {host}',
  '{host} is not in runtime {runtime}',
  'it is pinned to {servers}',
  'no other agent may hold it',
  'after the run that is going',
  'no room left: it takes {capacity}',
  'no room left: {hosts}',
  'retired: {hosts}',
  'retired',
  'offline: {hosts}',
  'offline',
  'coming back: {hosts}',
  'coming back',
  'draining: {hosts}',
  'draining',
  'clock off: {hosts}',
  'clock off',
];

/** Why a run ended as it did, or never began. */
const RUN = [
  'exit code {code}',
  'ended by signal {signal}',
  'signal {signal}',
  'it ended {state}',
  'the run ended {state}',
  'it ran longer than its timeout of {seconds} s',
  'stopped on request',
  'replaced by the run of {at}',
  'it waited longer than its startdeadline of {seconds} s',
  'its job left this agent',
  'its agent was cut off for longer than its ondisconnect of {seconds} s',
  'its package is not available: {reason}',
  'it is still on its way',
  'it ended, and how could not be learnt (no exit status was left)',
  'the agent ended between the promise and the start',
  'what was promised once is not started later',
  'its agent was lost, and has not come back to tell how it ended',
  "the run directory can't be read: {cause}",
  'the process could not be started in {directory}: {cause}',
];

/** Why due instants have no run. */
const GAP = [
  'the run before was still going',
  'too many runs were waiting already',
  'its package was not available on the host',
  'the agent could not start it on time',
  'its agent was cut off and could not know whether it still had the job',
  'another agent had claimed it',
  'no center could be asked for the claim',
  'the clock of its host was too far off',
  'its agent was lost, and whether it ran is not known',
  'the agent was not running',
  'no agent held the job',
  'the agent could not write its journal',
  "the agent's journal was damaged, and whether it ran is not known",
];

/** What a notice says beyond its kind, and why it could not be sent. */
const NOTICE = [
  '{seconds} s after its fire time',
  'due at {at}: {reason}',
  '{times} times from {first} to {last}: {reason}',
  'its rule is switched off',
  'the service answered {answer}',
  'the service has not answered after {seconds} s',
  'the host {host} is not known',
  "it can't be posted: {cause}",
  'the center ended before the service answered',
  'no mail server is configured: name one under notifications.endpoints of the center',
  'the mail server does not take the user and the password: {cause}',
  'the mail server refuses an address: {cause}',
  "the mail server {server} can't be used: {cause}",
  'an address is none: {cause}',
  '{host} is this host, its own network or a store of secrets',
  "webhooks may go there only when notifications.local is true in the center's configuration",
];

/** The parts of the system and how they are, what is set, and what is kept. */
const SYSTEM = [
  'store',
  'coordinator',
  'centers',
  'placing',
  'recovery',
  'lease',
  'clock skew',
  'fencing',
  'horizon',
  'retention',
  'timezone',
  'answered in {millis} ms',
  'no center leads',
  '{host} leads',
  'runs {days} days, output {outputdays} days and the newest {count} runs of each job',
];

/** Why nothing was due at an instant. */
const WHY = [
  "its schedule can't fire: {problems} (under version {version})",
  'it was not due then: {words} (under version {version})',
];

/** What the store keeps as sentences, so that a sentence is what comes. */
export const TOLD = [...PLACEMENT, ...GAP, ...RUN, ...NOTICE, ...WHY, ...SYSTEM];

const said = sentences(TOLD);

/** Why a job, a run or an instant is as it is, in the words and the time of whoever reads it. */
export const told = (t: Say, words: string): string => inViewersZone(said(t, words));
