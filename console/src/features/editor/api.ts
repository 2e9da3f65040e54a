import { ApiError, get, path, request } from '@/lib/api/client';
import type {
  Change,
  JobCheck,
  JobView,
  PackageView,
  RuntimeView,
  SchedulePreview,
  TreeRuntime,
} from '@/lib/api/types';
import { formOf, namedTwice, type Draft } from './draft';

export const job = (ref: string, signal?: AbortSignal) => get<JobView>(path('/api/v1/jobs/{ref}', { ref }), {}, signal);
export const runtimes = (signal?: AbortSignal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal);
export const packages = (signal?: AbortSignal) => get<PackageView[]>('/api/v1/packages', {}, signal);
export const groups = async (runtime: string, signal?: AbortSignal) => {
  const tree = await get<TreeRuntime[]>('/api/v1/tree', {}, signal);
  return tree.find((each) => each.runtime === runtime)?.groups.map((each) => each.name) ?? [];
};

/** What saving would change in the job as it is now; nothing is changed. What is wrong with it is thrown. */
export async function check(draft: Draft, jobid?: string): Promise<Change[]> {
  const twice = [...namedTwice(draft)];
  if (twice.length > 0) throw invalid(twice.map((name) => ({ path: `env.${name}`, message: `${name} is set twice` })));
  const checked = await request<JobCheck>('POST', '/api/v1/jobs/check', { query: { job: jobid }, json: formOf(draft) });
  if (checked.errors.length > 0) throw invalid(checked.errors);
  return checked.changes;
}

const invalid = (errors: { path: string; message: string }[]) =>
  new ApiError({
    type: 'invalid',
    title: "the job can't be saved",
    status: 400,
    errors: errors.map(({ path, message }) => ({ path, message, line: 0, column: 0 })),
  });

/** What came of saving: the job, or what somebody saved meanwhile. */
export type Saved = { job: JobView } | { theirs: JobView };

/** Makes a job, once for each key. */
export const create = async (draft: Draft, key: string): Promise<Saved> => ({
  job: await request<JobView>('POST', '/api/v1/jobs', { json: formOf(draft), headers: { 'Idempotency-Key': key } }),
});

/** Changes a job, if it still is what was seen. */
export async function update(draft: Draft, seen: JobView): Promise<Saved> {
  const headers = { 'If-Match': `"${seen.version}"` };
  try {
    const url = path('/api/v1/jobs/{ref}', { ref: seen.jobid });
    return { job: await request<JobView>('PUT', url, { json: formOf(draft), headers }) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 412) return { theirs: error.body as JobView };
    throw error;
  }
}

/** The words and the next times of the schedules, by the server's calculus. */
export const preview = (draft: Draft, count: number) =>
  request<SchedulePreview>('POST', '/api/v1/schedules/preview', {
    json: { schedules: draft.schedules, timezone: draft.timezone, count },
  });
