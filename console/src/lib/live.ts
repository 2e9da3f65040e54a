import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { send, type ApiError } from './api/client';

/** What the server's events speak of. */
export const TOPICS = ['jobs', 'runs', 'agents', 'runtimes', 'packages', 'audit', 'system'] as const;
export type Topic = (typeof TOPICS)[number];

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
    queryMeta: { topics?: readonly Topic[] };
  }
}

/** A query that is asked again when the server says that one of its topics has moved. */
export function useLive<T>(
  key: readonly unknown[],
  topics: readonly Topic[],
  ask: (signal: AbortSignal) => Promise<T>,
  options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<T, ApiError> {
  return useQuery<T, ApiError>({
    queryKey: key,
    queryFn: ({ signal }) => ask(signal),
    meta: { topics },
    enabled: options.enabled,
    placeholderData: options.keep === false ? undefined : (previous) => previous,
  });
}

// At the most one new look per topic in this time, however much happens.
const CALM_MS = 1000;
// How often everything is looked at while no events come.
const POLL_MS = 5000;
// How long it waits before it listens again.
const AGAIN_MS = 3000;

let connected = false;
const watchers = new Set<() => void>();
const setConnected = (value: boolean) => {
  if (value === connected) return;
  connected = value;
  watchers.forEach((watcher) => watcher());
};

/** Whether events come; without them the page looks again every few seconds. */
export const useConnected = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connected,
  );

interface Ear {
  opened: () => void;
  touched: (topic: Topic) => void;
  lost: () => void;
}

/** Reads the stream of events, and again when it breaks off. Not an EventSource, which could carry no token. */
async function listen(url: string, signal: AbortSignal, ear: Ear): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await send('GET', url, { headers: { Accept: 'text/event-stream' }, signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      ear.opened();
      let rest = '';
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        const lines = (rest + part.value).split(/\r?\n/);
        rest = lines.pop() ?? '';
        topicsOf(lines).forEach(ear.touched);
      }
    } catch {
      // Tried again below.
    }
    ear.lost();
    await new Promise((wake) => setTimeout(wake, AGAIN_MS));
  }
}

/** The topics that lines of a stream of events name. */
export const topicsOf = (lines: readonly string[]): Topic[] =>
  lines
    .filter((line) => line.startsWith('event:'))
    .map((line) => line.slice('event:'.length).trim() as Topic)
    .filter((topic) => TOPICS.includes(topic));

/** Listens to the server's events as long as the component stands. */
export function useEvents(client: QueryClient, url = '/api/v1/events'): void {
  useEffect(() => {
    const due = new Set<Topic>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (topics: ReadonlySet<Topic> | null) =>
      void client.invalidateQueries({
        predicate: ({ meta }) =>
          meta?.topics !== undefined && (topics === null || meta.topics.some((topic) => topics.has(topic))),
      });
    const touched = (topic: Topic) => {
      due.add(topic);
      timer ??= setTimeout(() => {
        timer = undefined;
        const now = new Set(due);
        due.clear();
        look(now);
      }, CALM_MS);
    };
    const stopped = new AbortController();
    const opened = () => {
      // What was said while nobody listened is lost: look at everything once.
      if (!connected) look(null);
      setConnected(true);
    };
    void listen(url, stopped.signal, { opened, touched, lost: () => setConnected(false) });
    const poll = setInterval(() => {
      if (!connected && document.visibilityState === 'visible') look(null);
    }, POLL_MS);
    return () => {
      stopped.abort();
      clearInterval(poll);
      clearTimeout(timer);
      setConnected(false);
    };
  }, [client, url]);
}
