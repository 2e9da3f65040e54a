import { expect, test } from 'vitest';
import { stamp } from './time';
import { inViewersZone } from './words';

test('instants in what the server says are shown by the clock of whoever reads', () => {
  const at = '2026-11-30T17:48:35Z';
  expect(inViewersZone(`missed from ${at} on`)).toBe(`missed from ${stamp(at)} on`);
  expect(inViewersZone('nothing to change 2026-11-30')).toBe('nothing to change 2026-11-30');
});
