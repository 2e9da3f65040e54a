import type { JobDefinition, JobView } from '@/lib/api/types';
import type { WireSchedule } from '@/lib/schedules';

/** A job while it is being edited. */
export interface Draft {
  runtime: string;
  group: string;
  name: string;
  description: string;
  command: string;
  package: string;
  env: { name: string; value: string }[];
  /** Seconds; 0 for none. */
  timeout: number;
  servers: string[];
  enabled: boolean;
  overlap: JobDefinition['overlap'];
  missed: JobDefinition['missed'];
  startdeadline: number;
  guarantee: JobDefinition['guarantee'];
  ondisconnect: number | null;
  timezone: string;
  schedules: WireSchedule[];
}

export const newDraft = (runtime: string, group: string): Draft => ({
  runtime,
  group,
  name: '',
  description: '',
  command: '',
  package: '',
  env: [],
  timeout: 0,
  servers: [],
  enabled: true,
  overlap: 'skip',
  missed: 'skip',
  startdeadline: 0,
  guarantee: 'leased',
  ondisconnect: null,
  timezone: '',
  schedules: [],
});

export function draftOf(job: JobView): Draft {
  const { filename, env, schedules, ...rest } = job.definition;
  return {
    ...rest,
    package: filename,
    env: env.map((text) => {
      const cut = text.indexOf('=');
      return cut < 0 ? { name: text, value: '' } : { name: text.slice(0, cut), value: text.slice(cut + 1) };
    }),
    schedules: schedules as WireSchedule[],
  };
}

/** The job as a job file says it; JSON is YAML too. */
export function jobOf(draft: Draft): Record<string, unknown> {
  return {
    name: draft.name,
    description: draft.description,
    command: draft.command,
    package: draft.package,
    env: Object.fromEntries(draft.env.filter((each) => each.name !== '').map((each) => [each.name, each.value])),
    timeout: draft.timeout,
    servers: draft.servers,
    enabled: draft.enabled,
    overlap: draft.overlap,
    missed: draft.missed,
    startdeadline: draft.startdeadline,
    guarantee: draft.guarantee,
    ...(draft.ondisconnect === null ? {} : { ondisconnect: draft.ondisconnect }),
    timezone: draft.timezone,
    schedules: draft.schedules.map(plain),
  };
}

/** What is absent is left out, so that nothing is said that was not meant. */
const plain = (schedule: WireSchedule) =>
  Object.fromEntries(Object.entries(schedule).filter(([, value]) => value !== null && value !== undefined));

export const fileOf = (draft: Draft) =>
  JSON.stringify({ runtime: draft.runtime, group: draft.group, jobs: [jobOf(draft)] });

/** The environment as text, a name and a value per line, and back. */
export const envText = (env: Draft['env']) => env.map((each) => `${each.name}=${each.value}`).join('\n');
export const envOf = (text: string): Draft['env'] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cut = line.indexOf('=');
      return cut < 0
        ? { name: line.trim(), value: '' }
        : { name: line.slice(0, cut).trim(), value: line.slice(cut + 1) };
    });
