import type { FieldError, Me, Problem } from './types';

/** What the server refused, or that it did not answer (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly detail: string | null;
  readonly errors: FieldError[];
  /** What came instead of a problem, for example the current definition after a 412. */
  readonly body: unknown;

  constructor(problem: Problem, body?: unknown) {
    super(problem.title);
    this.status = problem.status;
    this.type = problem.type;
    this.detail = problem.detail ?? null;
    this.errors = problem.errors ?? [];
    this.body = body;
  }

  /** The message for a field, or for anything below it. */
  field(path: string): string | undefined {
    const own = this.errors.filter(
      (error) => error.path === path || error.path.startsWith(`${path}.`) || error.path.startsWith(`${path}[`),
    );
    return own.length > 0 ? own.map((error) => error.message).join('; ') : undefined;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query;
  json?: unknown;
  /** Sent as it is. */
  body?: BodyInit;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const TOKEN = 'cloudtask-token';

let csrf: string | null = null;
let known = '';
let bearer: string | null = sessionStorage.getItem(TOKEN);
let onSignedOut: () => void = () => undefined;

/** The text that the unsafe requests of somebody's session carry. */
export function carryCsrfToken(token: string | null, name: string): void {
  csrf = token;
  known = name;
}

/** Signs requests with an API token instead of a session; it lives as long as the tab. */
export function carryToken(token: string | null): void {
  bearer = token;
  if (token === null) sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, token);
}

export const carriesToken = () => bearer !== null;

/** The headers that say who asks. */
export function credentials(method: string): Record<string, string> {
  if (bearer !== null) return { Authorization: `Bearer ${bearer}` };
  return csrf !== null && method !== 'GET' ? { 'X-CSRF-Token': csrf } : {};
}

/** Told whenever the server does not know (any more) who we are. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** A path with its query; names and values are escaped, and what is empty is left out. */
export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return text.length > 0 ? `${path}?${text.join('&')}` : path;
}

/** Fills the places of a path: `path('/api/v1/jobs/{ref}', { ref })`. */
export function path(template: string, places: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''));
}

/** Asks the server; whatever is not a success is an {@link ApiError}. */
export async function send(method: string, url: string, options: Options = {}): Promise<Response> {
  let response = await attempt(method, url, options);
  if (response.status === 403 && (await isOfAnotherSession(response.clone()))) {
    response = await attempt(method, url, options);
  }
  if (!response.ok) throw await refusal(response, url);
  return response;
}

/** Another page of this browser has signed in again: the same person goes on here with the new session. */
async function isOfAnotherSession(response: Response): Promise<boolean> {
  const { type } = (await response.json().catch(() => ({}))) as Partial<Problem>;
  if (type !== 'csrf') return false;
  const answer = await attempt('GET', '/api/v1/me', {});
  const me = answer.ok ? ((await answer.json()) as Me) : null;
  if (me?.name !== known) {
    onSignedOut();
    return false;
  }
  csrf = me.csrf;
  return true;
}

async function attempt(method: string, url: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...credentials(method), ...options.headers };
  if (options.json !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(address(url, options.query), {
      method,
      headers,
      body: options.json !== undefined ? JSON.stringify(options.json) : options.body,
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      type: 'unreachable',
      title: 'The center does not answer',
      status: 0,
      detail: 'Check that it runs and that this machine reaches it; the page asks again by itself.',
      errors: [],
    });
  }
}

async function refusal(response: Response, url: string): Promise<ApiError> {
  if (response.status === 401 && !url.endsWith('/session')) onSignedOut();
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const told = (body ?? {}) as Partial<Problem>;
  return new ApiError(
    {
      type: told.type ?? 'http',
      title: told.title ?? `The center answered ${response.status}`,
      status: response.status,
      detail: told.detail,
      errors: told.errors ?? [],
    },
    body,
  );
}

/** Asks for JSON; an empty answer is undefined. */
export async function request<T>(method: string, url: string, options: Options = {}): Promise<T> {
  const response = await send(method, url, options);
  const text = response.status === 204 ? '' : await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const get = <T>(url: string, query?: Query, signal?: AbortSignal) => request<T>('GET', url, { query, signal });

/** A key that makes repeating a creation harmless. */
export const idempotencyKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
