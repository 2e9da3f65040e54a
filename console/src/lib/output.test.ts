import { expect, test } from 'vitest';
import { append, beginning, EMPTY, ending, find, PART_BYTES, prepend, textOf, type Part } from './output';

const bytes = (text: string) => new TextEncoder().encode(text);
const part = (from: number, text: string): Part => {
  const data = bytes(text);
  return { from, next: from + data.length, data, end: false, dropped: 0 };
};
const large = (from: number): Part => ({
  ...part(from, ''),
  data: new Uint8Array(PART_BYTES),
  next: from + PART_BYTES,
});

test('a character that two parts share is read once', () => {
  const euro = bytes('€');
  const first: Part = { from: 0, next: 1, data: euro.slice(0, 1), end: false, dropped: 0 };
  const second: Part = { from: 1, next: 3, data: euro.slice(1), end: false, dropped: 0 };
  expect(textOf(append(append(EMPTY, first), second))).toBe('€');
});

test('a part from elsewhere replaces what is held', () => {
  const stretch = append(append(EMPTY, part(0, 'abc')), part(90, 'xyz'));
  expect([beginning(stretch), ending(stretch), textOf(stretch)]).toEqual([90, 93, 'xyz']);
});

test('however long a stream gets, only four large parts of it are held', () => {
  let stretch = EMPTY;
  for (let i = 0; i < 400; i += 1) stretch = append(stretch, large(i * PART_BYTES));
  expect(stretch.parts.length).toBe(4);
  expect(ending(stretch)).toBe(400 * PART_BYTES);
});

test('going back lets go of the end', () => {
  let stretch = append(EMPTY, large(10 * PART_BYTES));
  for (let i = 9; i >= 0; i -= 1) stretch = prepend(stretch, large(i * PART_BYTES));
  expect([beginning(stretch), ending(stretch)]).toEqual([0, 4 * PART_BYTES]);
});

test('a text is found by its bytes, in either case', () => {
  expect(find(bytes('né ERROR here'), 'error')).toBe(4);
  expect(find(bytes('aaa'), 'a', 1)).toBe(1);
  expect(find(bytes('abc'), 'x')).toBe(-1);
  expect(find(bytes('abc'), '')).toBe(-1);
});
