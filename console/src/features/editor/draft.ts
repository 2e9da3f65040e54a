import type { JobDefinition, JobForm, JobView } from '@/lib/api/types';
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

/** The job as the server takes it. */
export const formOf = (draft: Draft): JobForm => ({
  runtime: draft.runtime,
  group: draft.group,
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
  ondisconnect: draft.ondisconnect,
  timezone: draft.timezone,
  schedules: draft.schedules,
});

/** Who of two changed a field of a job; it is named as the server names it, such as env.HOME or schedules[0]. */
export function whoChanged(field: string, base: JobView, mine: Draft, theirs: JobView): 'mine' | 'theirs' | 'both' {
  const [was, they, own] = [draftOf(base), draftOf(theirs), mine].map((draft) => JSON.stringify(partOf(draft, field)));
  if (was === they) return 'mine';
  return was === own ? 'theirs' : 'both';
}

function partOf(draft: Draft, field: string): unknown {
  const [, name = '', variable, index] = /^(\w+)(?:\.(.+)|\[(\d+)\])?$/.exec(field) ?? [];
  if (variable !== undefined) return draft.env.find((each) => each.name === variable);
  return index === undefined ? draft[name as keyof Draft] : draft.schedules[Number(index)];
}

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
