import { ApiError, get, path, request } from '@/lib/api/client';
import type { ApplyResult, JobPage, JobView, NextView, PackageView, RuntimeView } from '@/lib/api/types';
import { fileOf, type Draft } from './draft';

export const job = (ref: string, signal?: AbortSignal) => get<JobView>(path('/api/v1/jobs/{ref}', { ref }), {}, signal);
export const runtimes = (signal?: AbortSignal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal);
export const packages = (signal?: AbortSignal) => get<PackageView[]>('/api/v1/packages', {}, signal);
export const groups = async (runtime: string, signal?: AbortSignal) => {
  const page = await get<JobPage>('/api/v1/jobs', { runtime, limit: 1000 }, signal);
  return [...new Set(page.items.map((each) => each.definition.group))].sort();
};

/** Errors of a job file name the job; a form has one only. */
function ofForm(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const errors = error.errors.map((each) => ({ ...each, path: each.path.replace(/^jobs\[0\]\.?/, ''), line: 0 }));
  return new ApiError({
    type: error.type,
    title: error.message,
    status: error.status,
    detail: error.detail ?? undefined,
    errors,
  });
}

const file = async <T>(url: string, draft: Draft, query: Record<string, boolean | number>): Promise<T> => {
  try {
    return await request<T>('POST', url, { query, body: fileOf(draft), headers: { 'Content-Type': 'text/yaml' } });
  } catch (error) {
    throw ofForm(error);
  }
};

/** What saving would change; nothing is changed. */
export const check = async (draft: Draft) =>
  (await file<ApplyResult>('/api/v1/apply', draft, { dryrun: true })).steps[0];

export const save = async (draft: Draft) => (await file<ApplyResult>('/api/v1/apply', draft, {})).steps[0];

/** The words and the next times of the schedules, by the server's calculus. */
export const preview = async (draft: Draft, count: number) => {
  const asked: Draft = { ...draft, name: draft.name || 'preview', command: draft.command || 'true', enabled: true };
  return (await file<NextView[]>('/api/v1/next', asked, { n: count }))[0];
};
