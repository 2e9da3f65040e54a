/** A row of two texts side by side; null where a side has no line. */
export interface Row {
  left: string | null;
  right: string | null;
}

const MOST_LINES = 4000;

/** The longest common lines of two texts, side by side. */
export function diffLines(left: string, right: string): Row[] {
  const a = left.split('\n').slice(0, MOST_LINES);
  const b = right.split('\n').slice(0, MOST_LINES);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const same = (line: string): Row => ({ left: line, right: line });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function middle(a: string[], b: string[]): Row[] {
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = () => {
    for (let k = 0; k < Math.max(gone.length, come.length); k += 1) {
      rows.push({ left: gone[k] ?? null, right: come[k] ?? null });
    }
    gone = [];
    come = [];
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush();
      rows.push({ left: a[i] ?? '', right: b[j] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      gone.push(a[i] ?? '');
      i += 1;
    } else {
      come.push(b[j] ?? '');
      j += 1;
    }
  }
  flush();
  return rows;
}
