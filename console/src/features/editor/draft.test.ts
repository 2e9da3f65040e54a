import { expect, test } from 'vitest';
import { envOf, envText, fileOf, newDraft } from './draft';

test('an environment goes to text and comes back', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'B', value: 'x=y' },
  ];
  expect(envOf(envText(env))).toEqual(env);
  expect(envOf('\n C \n')).toEqual([{ name: 'C', value: '' }]);
});

test('a draft is written as a job file of one job', () => {
  const file = JSON.parse(fileOf({ ...newDraft('local', 'demo'), name: 'x', env: [{ name: '', value: 'lost' }] }));
  expect(file).toMatchObject({ runtime: 'local', group: 'demo', jobs: [{ name: 'x', env: {} }] });
  expect(file.jobs[0]).not.toHaveProperty('ondisconnect');
});
