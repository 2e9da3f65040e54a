import { get, path, request } from '@/lib/api/client';
import type { NoticePage, RuleChange, RuleView, RuntimeView, TestResult } from '@/lib/api/types';

const RULES = '/api/v1/notifications/rules';
const of = (ruleid: string) => path(`${RULES}/{ruleid}`, { ruleid });

/** What people can ask to be told of, worst first. */
export const KINDS: Record<string, string> = {
  failed: 'A run failed',
  missed: 'Due instants were missed',
  late: 'A run started late',
  unplaced: 'Nobody can take a job',
  'agent-lost': 'An agent is lost',
  recovered: 'A job works again',
  'agent-back': 'An agent is back',
  succeeded: 'A run succeeded',
};

export const rules = (signal?: AbortSignal) => get<RuleView[]>(RULES, {}, signal);
export const notices = (after?: string, signal?: AbortSignal) =>
  get<NoticePage>('/api/v1/notifications', { after, limit: 50 }, signal);
export const save = (ruleid: string | null, rule: RuleChange) =>
  ruleid === null
    ? request<RuleView>('POST', RULES, { json: rule })
    : request<RuleView>('PUT', of(ruleid), { json: rule });
export const remove = (ruleid: string) => request<undefined>('DELETE', of(ruleid));
export const test = (ruleid: string) => request<TestResult>('POST', `${of(ruleid)}/test`);
export const runtimes = (signal?: AbortSignal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal);
