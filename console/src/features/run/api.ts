import { get, idempotencyKey, path, request, send } from '@/lib/api/client';
import type { DefinitionView, RunView, Started } from '@/lib/api/types';
import { PART_BYTES, type Part } from '@/lib/output';

export type Stream = 'stdout' | 'stderr';

export const run = (runid: string, signal?: AbortSignal) =>
  get<RunView>(path('/api/v1/runs/{runid}', { runid }), {}, signal);

/** The names of the variables that a run had, in the version of the definition that it ran. */
export const variables = async ({ jobid, version }: RunView, signal?: AbortSignal) => {
  const url = path('/api/v1/jobs/{jobid}/versions/{version}', { jobid, version: String(version) });
  const { definition } = await get<DefinitionView>(url, {}, signal);
  return definition.env.map((text) => text.replace(/=.*$/s, ''));
};

export const stop = (runid: string) => request<unknown>('POST', path('/api/v1/runs/{runid}/stop', { runid }));

export const rerun = (runid: string) =>
  request<Started>('POST', path('/api/v1/runs/{runid}/rerun', { runid }), {
    headers: { 'Idempotency-Key': idempotencyKey() },
  });

/** Reads a part of a stream; waits some seconds for more when there is nothing yet. */
export async function output(
  where: { runid: string; stream: Stream },
  from: number,
  wait: number,
  signal?: AbortSignal,
): Promise<Part> {
  const response = await send('GET', path('/api/v1/runs/{runid}/output/{stream}', where), {
    query: { from, wait },
    headers: { Accept: 'application/octet-stream' },
    signal,
  });
  const data = new Uint8Array(await response.arrayBuffer());
  const next = Number(response.headers.get('Cloudtask-Next') ?? from + data.length);
  const [cutFrom, cutTo] = (response.headers.get('Cloudtask-Cut') ?? '').split('-').map(Number);
  const dropped = Math.max(0, Math.min(cutTo ?? 0, next) - Math.max(cutFrom ?? 0, from));
  return { from, next, data, end: response.headers.get('Cloudtask-End') === 'true', dropped };
}

/** Reads a stream part by part until its end, or until the reader has enough (false). */
export async function readThrough(
  where: { runid: string; stream: Stream },
  from: number,
  read: (part: Part) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  let at = from;
  for (;;) {
    const part = await output(where, at, 0, signal);
    if (!read(part) || part.end || part.next === at) return;
    at = part.next;
  }
}

export { PART_BYTES };
