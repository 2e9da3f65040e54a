import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill } from './i18n';
import { zh } from './i18n/zh';
import { NO_ANSWER, REFUSALS, refusal } from './refusals';
import { stamp } from './time';
import { TOLD, told } from './told';

const inChinese = (text: string, places?: Record<string, string | number>) => fill(zh[text] ?? text, places);

/** The texts in the server's sources, those that + puts together as one. */
const written = ['agent', 'center', 'schedule', 'model', 'store'].flatMap((module) => {
  const folder = join('..', module, 'src/main/java');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/"\s*\+\s*"/g, ''))
    .flatMap((source) => [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => match[1] ?? ''))
    .map((text) => text.replace(/\\(.)/g, '$1'));
});
const parts = new Set(written.flatMap((text) => text.split(/; |%[\d.]*[sdf]/)).map((part) => part.trim()));
const unsaid = (templates: string[]) =>
  templates.filter((text) => {
    const pieces = text.split(/\{\w+\}/).filter((piece) => piece.trim() !== '');
    return !pieces.every((piece) => parts.has(piece.trim()) || parts.has(piece.replace(/: $/, '')));
  });

test('each sentence that is translated is one that the server says', () => {
  expect(unsaid([...REFUSALS, ...TOLD])).toEqual([]);
  expect(unsaid(['nobody says {this} at all'])).toEqual(['nobody says {this} at all']);
});

test('a refusal is said in the language of whoever reads, and as it came when it is not known', () => {
  expect([...REFUSALS, ...NO_ANSWER, ...TOLD].filter((text) => !(text in zh))).toEqual([]);
  const zone = '"Europa/Berlin" is no known time zone; did you mean "Europe/Berlin"?';
  expect(refusal(fill, zone)).toBe(zone);
  expect(refusal(inChinese, zone)).toBe('"Europa/Berlin" 不是已知的时区; 您是否想写 "Europe/Berlin"？');
  expect(refusal(inChinese, 'is empty; write what the shell is to run')).toBe('为空; 请写要由 shell 运行的内容');
  expect(refusal(inChinese, 'something new')).toBe('something new');
  expect(refusal(inChinese, 'minute field: "61" is not 0 to 59')).toBe('分 字段："61" 不在允许的范围内（0 to 59）');
  expect(refusal(inChinese, 'the name of the package must end with one of .zip')).toBe(
    '程序包名称必须以下列之一结尾：.zip',
  );
});

test('no sentence is taken for another one', () => {
  const sample: Record<string, string> = { field: 'minute', what: 'months', reason: 'retired' };
  const name = (text: string) => text;
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, place: string) => sample[place] ?? 'x');
  const all = [...REFUSALS, ...NO_ANSWER, ...TOLD];
  const wrong = all.filter((text) => refusal(name, filled(text)) !== text);
  expect(wrong.map((text) => `${text} <- ${refusal(name, filled(text))}`)).toEqual([]);
});

test('why nobody can take a job is said in the language of whoever reads', () => {
  const offline = 'none of its servers (a, b) has an agent in runtime local';
  expect(told(fill, offline)).toBe(offline);
  expect(told(inChinese, offline)).toBe('它指定的主机（a, b）在运行时 local 中都没有代理');
  expect(told(inChinese, 'draining: a; offline: b, c')).toBe('正在腾空：a; 离线：b, c');
});

test('why a run ended as it did is said in the language of whoever reads', () => {
  expect(told(inChinese, 'exit code 3')).toBe('退出码 3');
  expect(told(inChinese, 'its package is not available: it is still on its way')).toBe(
    `其程序包不可用：${zh['it is still on its way']}`,
  );
  expect(told(inChinese, 'something new; stopped on request')).toBe('something new; 按要求停止');
});

test('what a notice says is in the language and the time of whoever reads', () => {
  const at = '2026-11-30T17:48:35Z';
  expect(told(fill, `due at ${at}: the agent was not running`)).toBe(`due at ${stamp(at)}: the agent was not running`);
  expect(told(inChinese, `due at ${at}: the agent was not running`)).toBe(
    `应于 ${stamp(at)} 运行：${zh['the agent was not running']}`,
  );
});
