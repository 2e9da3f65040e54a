import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read, typeOf } from './description';

const reference = read(
  readFileSync('../center/src/main/resources/io/cloudtask/center/openapi.yaml', { encoding: 'utf8' }),
);

test('every route of the description is in a chapter, with what it does', () => {
  const routes = reference.chapters.flatMap((chapter) => chapter.routes);
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.filter((route) => route.summary === '')).toEqual([]);
  expect(routes.find((route) => route.path === '/api/v1/jobs' && route.method === 'GET')?.gives).toMatch(/^200 /);
});

test('a type that is named is among the records', () => {
  const names = new Set(reference.records.map((record) => record.name));
  const named = reference.records
    .flatMap((record) => record.fields.flatMap((field) => field.type.split(' | ')))
    .map((type) => type.replace('[]', ''))
    .filter((type) => /^[A-Z]/.test(type) && type !== type.toUpperCase());
  expect(named.filter((type) => !names.has(type))).toEqual([]);
});

test('types are told in few words', () => {
  expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/JobView' } })).toBe('JobView[]');
  expect(typeOf({ type: ['string', 'null'], format: 'date-time' })).toBe('date-time | null');
  expect(typeOf({ enum: ['start', 'stop'] })).toBe('start | stop');
});
