import { expect, test } from 'vitest';
import type { JobView } from '@/lib/api/types';
import { draftOf, envOf, envText, formOf, newDraft, whoChanged } from './draft';

test('an environment goes to text and comes back', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'B', value: 'x=y' },
  ];
  expect(envOf(envText(env))).toEqual(env);
  expect(envOf('\n C \n')).toEqual([{ name: 'C', value: '' }]);
});

test('a draft is sent without variables that have no name', () => {
  const form = formOf({ ...newDraft('local', 'demo'), name: 'x', env: [{ name: '', value: 'lost' }] });
  expect(form).toMatchObject({ runtime: 'local', group: 'demo', name: 'x', env: {} });
});

test('of a field that differs it is said who changed it', () => {
  const job = (command: string, env: string[]) =>
    ({ definition: { ...newDraft('local', 'demo'), filename: '', command, env } }) as unknown as JobView;
  const [base, theirs] = [job('a', ['A=1', 'B=1']), job('b', ['A=2', 'B=1'])];
  const mine = { ...draftOf(job('c', ['A=1', 'B=2'])), timeout: 5 };
  expect(whoChanged('command', base, mine, theirs)).toBe('both');
  expect(whoChanged('timeout', base, mine, theirs)).toBe('mine');
  expect(whoChanged('env.A', base, mine, theirs)).toBe('theirs');
  expect(whoChanged('env.B', base, mine, theirs)).toBe('mine');
});
