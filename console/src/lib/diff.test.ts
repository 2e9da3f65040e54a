import { expect, test } from 'vitest';
import { diffLines } from './diff';

test('equal texts are equal rows', () => {
  expect(diffLines('a\nb', 'a\nb')).toEqual([
    { left: 'a', right: 'a' },
    { left: 'b', right: 'b' },
  ]);
});

test('a changed line stands beside what it was', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([
    { left: 'a', right: 'a' },
    { left: 'b', right: 'x' },
    { left: 'c', right: 'c' },
  ]);
});

test('what came and what went stands alone', () => {
  expect(diffLines('a\nc', 'a\nb\nc')[1]).toEqual({ left: null, right: 'b' });
  expect(diffLines('a\nb\nc', 'a\nc')[1]).toEqual({ left: 'b', right: null });
});
