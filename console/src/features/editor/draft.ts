import type { JobDefinition, JobForm, JobView } from '@/lib/api/types';
import type { WireSchedule } from '@/lib/schedules';

/** A variable of the environment. The value of a secret is null while it shall stay the one that the server has. */
export interface Variable {
  name: string;
  value: string | null;
  secret: boolean;
}

/** What the server says instead of the value of a secret. */
const PLACEHOLDER = '(secret)';

/** A job while it is being edited. */
export interface Draft {
  runtime: string;
  group: string;
  name: string;
  description: string;
  command: string;
  package: string;
  env: Variable[];
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
      const [name, value] = cut(text);
      return value === PLACEHOLDER ? { name, value: null, secret: true } : { name, value, secret: false };
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
  env: Object.fromEntries(
    draft.env
      .filter((each) => each.name !== '' || each.value)
      .map(({ name, value, secret }) => [name, value === null ? { secret } : { value, secret }]),
  ),
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

/** The names that two variables have; the server takes an object, which can't say so. */
export const namedTwice = ({ env }: Draft) =>
  new Set(env.map((each) => each.name).filter((name, index, all) => name !== '' && all.indexOf(name) < index));

const cut = (text: string): [name: string, value: string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** The environment as text, a name and a value per line; no secret is in it. */
export const envText = (env: Variable[]) =>
  env.map((each) => `${each.name}=${each.secret ? PLACEHOLDER : (each.value ?? '')}`).join('\n');

/** And back: what was a secret in the environment before stays one. */
export const envOf = (text: string, before: Variable[]): Variable[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name, value] = cut(line).map((part, index) => (index === 0 ? part.trim() : part)) as [string, string];
      const known = before.find((each) => each.secret && each.name === name);
      return known && value === PLACEHOLDER ? known : { name, value, secret: known !== undefined };
    });
