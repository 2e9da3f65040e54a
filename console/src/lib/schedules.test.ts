import { expect, test } from 'vitest';
import { fromWireDate, MODES, newSchedule, toggled, toWireDate } from './schedules';

test('dates go to the wire and come back', () => {
  expect(toWireDate('2026-03-01')).toBe('03/01/2026');
  expect(fromWireDate('03/01/2026')).toBe('2026-03-01');
  expect([toWireDate(''), fromWireDate('')]).toEqual(['', '']);
});

test('choosing adds in order and choosing again takes away', () => {
  expect(toggled('1,5', 3)).toBe('1,3,5');
  expect(toggled('1,3,5', 3)).toBe('1,5');
  expect(toggled('', 0)).toBe('0');
});

test('a new weekly schedule means working days', () => {
  expect(newSchedule('s1', MODES.weeks, '2026-03-01').selectat).toBe('1,2,3,4,5');
});
