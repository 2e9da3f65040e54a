import { useCallback, useEffect, useRef, useState } from 'react';
import { append, beginning, EMPTY, ending, PART_BYTES, prepend, reachesEnd, type Stretch } from '@/lib/output';
import { output, type Stream } from './api';

export interface Reading {
  stretch: Stretch;
  error: unknown;
  /** Reads the part before what is held. */
  earlier: () => Promise<void>;
  /** Reads the part after what is held. */
  later: () => Promise<void>;
  /** Lets go of what is held and reads from an offset. */
  jump: (from: number) => Promise<void>;
}

/**
 * Holds a stretch of a stream: at first its end, for a run that is over, or its beginning for one that goes; that one is
 * then followed.
 *
 * @param size of the stream when it is known
 */
export function useOutput(runid: string, stream: Stream, size: number | null, follow: boolean): Reading {
  const [stretch, setStretch] = useState<Stretch>(EMPTY);
  const [error, setError] = useState<unknown>(null);
  const now = useRef<Stretch>(EMPTY);
  const first = useRef(size);

  const put = useCallback((next: Stretch) => {
    now.current = next;
    setStretch(next);
  }, []);

  const read = useCallback(
    async (
      from: number,
      wait: number,
      add: (stretch: Stretch, part: Awaited<ReturnType<typeof output>>) => Stretch,
      signal?: AbortSignal,
    ) => {
      try {
        const part = await output({ runid, stream }, from, wait, signal);
        if (!signal?.aborted) {
          put(add(now.current, part));
          setError(null);
        }
        return part;
      } catch (problem) {
        if (!signal?.aborted) setError(problem);
        return null;
      }
    },
    [runid, stream, put],
  );

  // The first look.
  useEffect(() => {
    const stopped = new AbortController();
    put(EMPTY);
    const from = Math.max(0, (first.current ?? 0) - PART_BYTES);
    void read(from, 0, append, stopped.signal);
    return () => stopped.abort();
  }, [read, put]);

  // Reading on while it is followed.
  useEffect(() => {
    if (!follow) return;
    const stopped = new AbortController();
    const goOn = async () => {
      while (!stopped.signal.aborted && !reachesEnd(now.current)) {
        const part = await read(ending(now.current), 15, append, stopped.signal);
        if (part === null) await new Promise((wake) => setTimeout(wake, 2000));
      }
    };
    void goOn();
    return () => stopped.abort();
  }, [follow, read]);

  const earlier = useCallback(async () => {
    const to = beginning(now.current);
    if (to === 0) return;
    const from = Math.max(0, to - PART_BYTES);
    await read(from, 0, (held, part) => {
      const keep = Math.min(part.data.length, to - from);
      return prepend(held, { ...part, data: part.data.slice(0, keep), next: to, end: false });
    });
  }, [read]);

  const later = useCallback(async () => {
    if (!reachesEnd(now.current)) await read(ending(now.current), 0, append);
  }, [read]);

  const jump = useCallback(
    async (from: number) => {
      await read(Math.max(0, from), 0, (_, part) => append(EMPTY, part));
    },
    [read],
  );

  return { stretch, error, earlier, later, jump };
}
