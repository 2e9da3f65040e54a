import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill } from './i18n';
import { zh } from './i18n/zh';
import { REFUSALS, refusal } from './refusals';
import { PLACEMENT_REASONS } from './words';

const inChinese = (text: string, places?: Record<string, string | number>) => fill(zh[text] ?? text, places);

/** The texts in the server's sources, those that + puts together as one. */
const written = ['center', 'schedule', 'model'].flatMap((module) => {
  const folder = join('..', module, 'src/main/java');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/"\s*\+\s*"/g, ''))
    .flatMap((source) => [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => match[1] ?? ''))
    .map((text) => text.replace(/\\(.)/g, '$1'));
});
const parts = new Set(written.flatMap((text) => text.split(/; |%[sd]/)));
const unsaid = (templates: string[]) =>
  templates.filter((text) => {
    const pieces = text.split(/\{\w+\}/).filter((piece) => piece.trim() !== '');
    return !pieces.every((piece) => parts.has(piece) || parts.has(piece.trim()) || parts.has(piece.replace(/: $/, '')));
  });

test('each sentence that is translated is one that the server says', () => {
  expect(unsaid([...REFUSALS, ...PLACEMENT_REASONS])).toEqual([]);
  expect(unsaid(['nobody says {this} at all'])).toEqual(['nobody says {this} at all']);
});

test('a refusal is said in the language of whoever reads, and as it came when it is not known', () => {
  expect(REFUSALS.filter((text) => !(text in zh))).toEqual([]);
  const zone = '"Europa/Berlin" is no known time zone; did you mean "Europe/Berlin"?';
  expect(refusal(fill, zone)).toBe(zone);
  expect(refusal(inChinese, zone)).toBe('"Europa/Berlin" 不是已知的时区; 您是否想写 "Europe/Berlin"？');
  expect(refusal(inChinese, 'is empty; write what the shell is to run')).toBe('为空; 请写要由 shell 运行的内容');
  expect(refusal(inChinese, 'something new')).toBe('something new');
});
