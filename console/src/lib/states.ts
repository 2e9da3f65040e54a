import type { JobItem, JobView, RunState } from './api/types';

/** Good, bad, careful, busy, quiet: what a state means to the eye. */
export type Tone = 'good' | 'bad' | 'careful' | 'busy' | 'quiet';

export type JobState = JobItem['state'];

/** How a state looks; every state differs by word and shape too, never by colour alone. */
export interface Look {
  word: string;
  tone: Tone;
  icon:
    'check' | 'cross' | 'clock' | 'stop' | 'question' | 'runs' | 'ring' | 'pause' | 'swap' | 'dot' | 'warning' | 'skip';
}

export const RUN_LOOKS: Record<RunState, Look> = {
  queued: { word: 'Queued', tone: 'quiet', icon: 'dot' },
  starting: { word: 'Starting', tone: 'busy', icon: 'runs' },
  running: { word: 'Running', tone: 'busy', icon: 'runs' },
  succeeded: { word: 'Succeeded', tone: 'good', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  timed_out: { word: 'Timed out', tone: 'bad', icon: 'clock' },
  stopped: { word: 'Stopped', tone: 'careful', icon: 'stop' },
  lost: { word: 'Lost', tone: 'bad', icon: 'question' },
  cancelled: { word: 'Cancelled', tone: 'quiet', icon: 'skip' },
};

/** The states of runs, as the API writes them, in whatever case. */
export const runLook = (state: string): Look =>
  RUN_LOOKS[state.toLowerCase() as RunState] ?? { word: state, tone: 'quiet', icon: 'question' };

const OVER = new Set(['succeeded', 'failed', 'timed_out', 'stopped', 'lost', 'cancelled']);
export const isOver = (state: string) => OVER.has(state.toLowerCase());

export const JOB_LOOKS: Record<JobState, Look> = {
  disabled: { word: 'Disabled', tone: 'quiet', icon: 'pause' },
  unplaced: { word: 'Nobody can run it', tone: 'bad', icon: 'warning' },
  created: { word: 'Not run yet', tone: 'quiet', icon: 'dot' },
  running: { word: 'Running', tone: 'busy', icon: 'runs' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
  idle: { word: 'Fine', tone: 'good', icon: 'check' },
};

/** How a job is doing, in one word. */
export function jobState(job: Pick<JobView, 'stat' | 'agentkey' | 'definition'>): JobState {
  if ('state' in job) return (job as JobItem).state;
  if (job.stat === 200) return 'running';
  if (!job.definition.enabled) return 'disabled';
  if (job.agentkey === null) return 'unplaced';
  if (job.stat === -1) return 'failed';
  return job.stat === 201 ? 'created' : 'idle';
}
