import { expect, test } from 'vitest';
import type { WhyView } from './api/types';
import { fill } from './i18n';
import { zh } from './i18n/zh';
import { stamp } from './time';
import { inViewersZone, whyInWords } from './words';

const inChinese = (text: string, places?: Record<string, string | number>) => fill(zh[text] ?? '', places);

test('instants in what the server says are shown by the clock of whoever reads', () => {
  const at = '2026-11-30T17:48:35Z';
  expect(inViewersZone(`missed from ${at} on`)).toBe(`missed from ${stamp(at)} on`);
  expect(inViewersZone('nothing to change 2026-11-30')).toBe('nothing to change 2026-11-30');
});

test('why an instant has no run is said in the language of whoever reads', () => {
  const at = '2026-11-30T17:48:35Z';
  const why: WhyView = {
    jobid: '',
    name: 'report',
    at,
    verdict: 'skipped',
    cause: 'gap',
    explanation: '',
    version: 3,
    runid: null,
    reason: 'overlap',
    gap: { first: at, last: at, instants: 1 },
    agent: null,
    since: null,
    previous: null,
    following: null,
  };
  expect(whyInWords(fill, why)).toBe('it was due and skipped: the run before was still going');
  expect(whyInWords(inChinese, why)).toBe(`到期但被跳过：${zh['the run before was still going']}`);
  const missed: WhyView = {
    ...why,
    verdict: 'missed',
    reason: 'agent_down',
    gap: { first: at, last: at, instants: 7 },
  };
  expect(whyInWords(fill, missed)).toBe(
    `it was due and missed: the agent was not running; so were all 7 due instants from ${stamp(at)} to ${stamp(at)}`,
  );
});
