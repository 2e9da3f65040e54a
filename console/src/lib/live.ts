import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { ApiError } from './api/client';

/** What the server's events speak of. */
export const TOPICS = ['jobs', 'runs', 'agents', 'runtimes', 'packages', 'audit', 'users', 'system'] as const;
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
    const source = new EventSource(url);
    source.onopen = () => {
      // What was said while nobody listened is lost: look at everything once.
      if (!connected) look(null);
      setConnected(true);
    };
    source.onerror = () => setConnected(false);
    TOPICS.forEach((topic) => source.addEventListener(topic, () => touched(topic)));
    const poll = setInterval(() => {
      if (!connected && document.visibilityState === 'visible') look(null);
    }, POLL_MS);
    return () => {
      source.close();
      clearInterval(poll);
      clearTimeout(timer);
      setConnected(false);
    };
  }, [client, url]);
}
