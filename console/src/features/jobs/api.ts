import { get, idempotencyKey, path, request, type Query } from '@/lib/api/client';
import type {
  BulkAction as BulkRun,
  BulkChange,
  BulkResult,
  JobPage,
  JobView,
  Started,
  TreeRuntime,
} from '@/lib/api/types';

export type BulkAction = BulkChange['action'] | BulkRun['action'];

export const PAGE_SIZE = 50;

export const jobs = (query: Query, signal?: AbortSignal) => get<JobPage>('/api/v1/jobs', query, signal);
export const tree = (signal?: AbortSignal) => get<TreeRuntime[]>('/api/v1/tree', undefined, signal);

const act = (ref: string, verb: string, json?: unknown) =>
  request<unknown>('POST', path('/api/v1/jobs/{ref}', { ref }) + `/${verb}`, {
    json,
    headers: verb === 'start' || verb === 'clone' ? { 'Idempotency-Key': idempotencyKey() } : {},
  });

export const enable = (ref: string, on: boolean) => act(ref, on ? 'enable' : 'disable');
export const start = (ref: string) => act(ref, 'start') as Promise<Started>;
export const stop = (ref: string) => act(ref, 'stop');
export const clone = (ref: string, name: string) => act(ref, 'clone', { name }) as Promise<JobView>;
export const remove = (ref: string) => request<undefined>('DELETE', path('/api/v1/jobs/{ref}', { ref }));

export const bulk = (action: BulkAction, refs: string[], packageName?: string) =>
  request<BulkResult[]>('POST', action === 'start' || action === 'stop' ? '/api/v1/bulk/runs' : '/api/v1/bulk/jobs', {
    json: { action, jobs: refs, package: packageName },
  });
