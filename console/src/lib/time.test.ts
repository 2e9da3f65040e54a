import { expect, test } from 'vitest';
import { bytes, duration, relative, roughly } from './time';
import { fill } from './i18n';

test.each([
  [0, '0 ms'],
  [950, '950 ms'],
  [4200, '4.2 s'],
  [59_000, '59 s'],
  [185_000, '3 min 5 s'],
  [7_440_000, '2 h 4 min'],
  [266_400_000, '3 d 2 h'],
])('%i ms is written %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('a countdown and an age say one unit', () => {
  expect(relative(fill, 65_000, 0)).toBe('in 1 min');
  expect(relative(fill, 0, 7_300_000)).toBe('2 h ago');
  expect(roughly(45_000)).toBe('45 s');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1234, '1.2 kB'],
  [104_857_600, '105 MB'],
])('%i bytes are written %s', (size, text) => {
  expect(bytes(size)).toBe(text);
});
