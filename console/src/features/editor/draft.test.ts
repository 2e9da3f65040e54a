import { expect, test } from 'vitest';
import type { JobView } from '@/lib/api/types';
import { draftOf, envOf, envText, formOf, namedTwice, newDraft, whoChanged } from './draft';

const plain = (name: string, value: string) => ({ name, value, secret: false });
const job = (command: string, env: string[]) =>
  ({ definition: { ...newDraft('local', 'demo'), filename: '', command, env } }) as unknown as JobView;

test('an environment goes to text and comes back', () => {
  const env = [plain('A', '1'), plain('B', 'x=y')];
  expect(envOf(envText(env), env)).toEqual(env);
  expect(envOf('\n C \n', [])).toEqual([plain('C', '')]);
});

test('secrets are not in the text, and stay what they were unless it names another value', () => {
  const env = [
    { name: 'HELD', value: null, secret: true },
    { name: 'TYPED', value: 's3cret', secret: true },
  ];
  const text = envText(env);
  expect(text).toBe('HELD=(secret)\nTYPED=(secret)');
  expect(envOf(text, env)).toEqual(env);
  expect(envOf('HELD=other', env)).toEqual([{ name: 'HELD', value: 'other', secret: true }]);
});

test('a secret is sent without a value to keep the one that the server has', () => {
  const draft = draftOf(job('a', ['HELD=(secret)', 'PLAIN=1']));
  draft.env.push({ name: 'NEW', value: 's3cret', secret: true });
  expect(formOf(draft).env).toEqual({
    HELD: { secret: true },
    PLAIN: { value: '1', secret: false },
    NEW: { value: 's3cret', secret: true },
  });
});

test('only a variable of which nothing was typed is left out', () => {
  const env = [plain('', ''), plain('', 'typed')];
  expect(formOf({ ...newDraft('local', 'demo'), env }).env).toEqual({ '': { value: 'typed', secret: false } });
});

test('names that are used twice are noticed', () => {
  const env = [plain('A', '1'), plain('B', '1'), plain('A', '2')];
  expect([...namedTwice({ ...newDraft('local', 'demo'), env })]).toEqual(['A']);
});

test('of a field that differs it is said who changed it', () => {
  const [base, theirs] = [job('a', ['A=1', 'B=1']), job('b', ['A=2', 'B=1'])];
  const mine = { ...draftOf(job('c', ['A=1', 'B=2'])), timeout: 5 };
  expect(whoChanged('command', base, mine, theirs)).toBe('both');
  expect(whoChanged('timeout', base, mine, theirs)).toBe('mine');
  expect(whoChanged('env.A', base, mine, theirs)).toBe('theirs');
  expect(whoChanged('env.B', base, mine, theirs)).toBe('mine');
});
