/** A part of what a run wrote: bytes [from, next) of the stream, less what was dropped. */
export interface Part {
  from: number;
  next: number;
  data: Uint8Array;
  /** Whether nothing follows. */
  end: boolean;
  /** How many bytes of the part were dropped by the limit on output. */
  dropped: number;
}

/** A stretch of a stream that is held in the browser: neighbouring parts, never the whole of a long one. */
export interface Stretch {
  parts: readonly Part[];
}

export const EMPTY: Stretch = { parts: [] };
export const PART_BYTES = 256 * 1024;
const MOST_BYTES = 4 * PART_BYTES;

export const beginning = (stretch: Stretch) => stretch.parts[0]?.from ?? 0;
export const ending = (stretch: Stretch) => stretch.parts.at(-1)?.next ?? 0;
export const reachesEnd = (stretch: Stretch) => stretch.parts.at(-1)?.end ?? false;
const held = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + part.data.length, 0);

/** Adds what follows; what is too much goes at the beginning. */
export function append(stretch: Stretch, part: Part): Stretch {
  const last = stretch.parts.at(-1);
  if (last && part.from !== last.next) return { parts: [part] };
  let parts: readonly Part[] =
    last && last.data.length + part.data.length <= PART_BYTES
      ? [...stretch.parts.slice(0, -1), joined(last, part)]
      : [...stretch.parts, part];
  while (parts.length > 1 && held(parts) > MOST_BYTES) parts = parts.slice(1);
  return { parts };
}

/** Adds what comes before; what is too much goes at the end. */
export function prepend(stretch: Stretch, part: Part): Stretch {
  const first = stretch.parts[0];
  if (first && part.next !== first.from) return { parts: [part] };
  let parts: readonly Part[] = [part, ...stretch.parts];
  while (parts.length > 1 && held(parts) > MOST_BYTES) parts = parts.slice(0, -1);
  return { parts };
}

function joined(a: Part, b: Part): Part {
  const data = new Uint8Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { from: a.from, next: b.next, data, end: b.end, dropped: a.dropped + b.dropped };
}

/** The text of a stretch; bytes that are no UTF-8 become replacement characters. */
export function textOf(stretch: Stretch): string {
  const decoder = new TextDecoder('utf-8');
  const text = stretch.parts.map((part) => decoder.decode(part.data, { stream: true })).join('');
  return text + decoder.decode();
}

export const droppedIn = (stretch: Stretch) => stretch.parts.reduce((sum, part) => sum + part.dropped, 0);

const lower = (byte: number) => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Where a text is in bytes, ASCII letters of either case; -1 when it is not. */
export function find(data: Uint8Array, text: string, from = 0): number {
  const wanted = new TextEncoder().encode(text).map(lower);
  if (wanted.length === 0) return -1;
  outer: for (let at = from; at <= data.length - wanted.length; at += 1) {
    for (let i = 0; i < wanted.length; i += 1) {
      if (lower(data[at + i] ?? 0) !== wanted[i]) continue outer;
    }
    return at;
  }
  return -1;
}
