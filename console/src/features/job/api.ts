import { get, idempotencyKey, path, request, send } from '@/lib/api/client';
import type {
  DefinitionView,
  JobStats,
  JobView,
  LedgerPage,
  NextView,
  PlacementView,
  RunPage,
  RunView,
  Started,
  VersionPage,
  WhyView,
} from '@/lib/api/types';

const of = (ref: string, rest = '') => path('/api/v1/jobs/{ref}', { ref }) + rest;

export const job = (ref: string, signal?: AbortSignal) => get<JobView>(of(ref), {}, signal);
export const runs = (jobid: string, limit: number, after?: string, signal?: AbortSignal) =>
  get<RunPage>('/api/v1/runs', { job: jobid, limit, after }, signal);
export const run = (runid: string, signal?: AbortSignal) =>
  get<RunView>(path('/api/v1/runs/{runid}', { runid }), {}, signal);
export const next = (ref: string, count: number, signal?: AbortSignal) =>
  get<NextView>(of(ref, '/next'), { n: count }, signal);
export const why = (ref: string, at: string, signal?: AbortSignal) => get<WhyView>(of(ref, '/why'), { at }, signal);
export const ledger = (ref: string, limit: number, signal?: AbortSignal) =>
  get<LedgerPage>(of(ref, '/ledger'), { limit }, signal);
export const stats = (ref: string, signal?: AbortSignal) => get<JobStats>(of(ref, '/stats'), {}, signal);
export const placement = (ref: string, signal?: AbortSignal) => get<PlacementView>(of(ref, '/placement'), {}, signal);
export const versions = (ref: string, signal?: AbortSignal) => get<VersionPage>(of(ref, '/versions'), {}, signal);
export const version = (ref: string, number: number, signal?: AbortSignal) =>
  get<DefinitionView>(of(ref, `/versions/${number}`), {}, signal);
export const yaml = async (ref: string, signal?: AbortSignal) =>
  (await send('GET', of(ref, '/export'), { headers: { Accept: 'text/yaml' }, signal })).text();

export const start = (ref: string) =>
  request<Started>('POST', of(ref, '/start'), { headers: { 'Idempotency-Key': idempotencyKey() } });
export const stop = (ref: string) => request<unknown>('POST', of(ref, '/stop'));
export const enable = (ref: string, on: boolean) => request<JobView>('POST', of(ref, on ? '/enable' : '/disable'));
export const revert = (ref: string, to: number) =>
  request<JobView>('POST', of(ref, '/revert'), { json: { version: to } });
