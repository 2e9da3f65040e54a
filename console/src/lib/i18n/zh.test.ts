import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zh } from './zh';

const sources = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.|schema\.ts|zh\.ts/.test(name) ? [readFileSync(path, 'utf8')] : [];
  });

/** What is said with t('...'), and the words of states, which are said by those who show them. */
const said = (source: string) =>
  [...source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'|\bword: '([^']*)'/g)].map((match) => match[1] ?? match[2] ?? '');

test('everything that the console says it says in Chinese too', () => {
  const missing = new Set(
    sources('src')
      .flatMap(said)
      .filter((text) => text !== '' && !(text in zh)),
  );
  expect([...missing]).toEqual([]);
});

test('a translation has the places of its text', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const wrong = Object.entries(zh).filter(([text, words]) => places(text).join() !== places(words).join());
  expect(wrong).toEqual([]);
});
