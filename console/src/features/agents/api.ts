import { get, path, request } from '@/lib/api/client';
import type { AgentView, AssignmentView, DrainView, OwnersView, RuntimeChange, RuntimeView } from '@/lib/api/types';

export const runtimes = (signal?: AbortSignal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal);
export const assignments = (runtime: string, signal?: AbortSignal) =>
  get<AssignmentView[]>(path('/api/v1/runtimes/{runtime}/assignments', { runtime }), {}, signal);
export const owners = (runtime: string, signal?: AbortSignal) =>
  get<OwnersView[]>(path('/api/v1/runtimes/{runtime}/owners', { runtime }), {}, signal);
export const putOwners = (runtime: string, of: OwnersView) =>
  request<OwnersView[]>('PUT', path('/api/v1/runtimes/{runtime}/owners', { runtime }), { json: of });
export const putRuntime = (name: string, change: RuntimeChange) =>
  request<RuntimeView>('PUT', path('/api/v1/runtimes/{name}', { name }), { json: change });
export const removeRuntime = (name: string) => request<undefined>('DELETE', path('/api/v1/runtimes/{name}', { name }));

const of = (key: string, rest: string) => path('/api/v1/agents/{key}', { key }) + rest;
export const drain = (key: string, preview: boolean) =>
  request<DrainView>('POST', of(key, '/drain'), { json: { preview } });
export const undrain = (key: string) => request<AgentView>('DELETE', of(key, '/drain'));
export const retire = (key: string) => request<AgentView>('POST', of(key, '/retire'));
