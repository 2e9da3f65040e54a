import { get, idempotencyKey, path, request, type Query } from '@/lib/api/client';
import type { JobView, Page } from '@/lib/api/types';

export interface TreeRuntime {
  runtime: string;
  jobs: number;
  failing: number;
  groups: { name: string; jobs: number; failing: number }[];
}

export type BulkAction = 'enable' | 'disable' | 'start' | 'stop' | 'delete' | 'package';

export interface BulkResult {
  job: string;
  name?: string;
  ok: boolean;
  error?: string | null;
}

export const PAGE_SIZE = 50;

export const jobs = (query: Query, signal?: AbortSignal) => get<Page<JobView>>('/api/v1/jobs', query, signal);
export const tree = (signal?: AbortSignal) => get<TreeRuntime[]>('/api/v1/tree', undefined, signal);

const act = (ref: string, verb: string, json?: unknown) =>
  request<unknown>('POST', path('/api/v1/jobs/{ref}', { ref }) + `/${verb}`, {
    json,
    headers: verb === 'start' || verb === 'clone' ? { 'Idempotency-Key': idempotencyKey() } : {},
  });

export const enable = (ref: string, on: boolean) => act(ref, on ? 'enable' : 'disable');
export const start = (ref: string) => act(ref, 'start') as Promise<{ runid: string }>;
export const stop = (ref: string) => act(ref, 'stop');
export const clone = (ref: string, name: string) => act(ref, 'clone', { name }) as Promise<JobView>;
export const remove = (ref: string) => request<undefined>('DELETE', path('/api/v1/jobs/{ref}', { ref }));

export const bulk = (action: BulkAction, refs: string[], packageName?: string) =>
  request<{ results?: BulkResult[] } | BulkResult[]>('POST', '/api/v1/bulk', {
    json: { action, jobs: refs, package: packageName },
  });
