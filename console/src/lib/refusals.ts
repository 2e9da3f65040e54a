import { ApiError } from './api/client';
import type { Say } from './i18n';
import { sentences } from './sentences';

/**
 * What the server says when it refuses, sentence by sentence; what stands between its words is found again by the places.
 * The first that fits counts, so that the longer of two stands first. What is not here is shown as it came.
 */
export const REFUSALS = [
  'there is no package {name}',
  'upload it first (package upload)',
  '{text} is no host name or address',
  '{text} is named twice',
  '{name} is set twice',
  '{name} is set by Cloudtask itself',
  'choose another name',
  '{name} has no value yet',
  'write the value itself',
  'the value of {name} is longer than 64 KiB',
  'the value of {name} is a sealed one',
  '{text} is no name of a variable',
  '{text} is not NAME=VALUE',
  '{text} is no known time zone',
  'did you mean {text}?',
  'write an IANA id such as Europe/Berlin',
  '{text} is no length of time from 0 to {most} seconds',
  'write 90, 90s, 5m or 1h30m',
  '{text} is no date',
  'write MM/dd/yyyy, for example 03/19/2018',
  '{text} is no time of day',
  'write HH:mm, 00:00 to 23:59',
  '{text} is not a whole number from {least} to {most}',
  'is empty, or begins or ends with a space',
  'is longer than 200 characters, or has control characters',
  'is longer than 256 KiB',
  'put the script into a package',
  'is longer than 16 KiB',
  'is longer than {most} characters',
  "has / or \\, or a character that can't be seen, or is only dots",
  'looks like a job id, which would be ambiguous',
  'choose a name',
  'is empty, so it would never fire',
  'is empty',
  'write what the shell is to run',
  'is missing',
  'has to have {least} to {most} characters',
  'is the same few characters again and again',
  'is the name',
  'has to be 1 to 64 small letters, digits, dots, dashes, underscores and @, a letter or digit first',
  'is no mail address',
  'nobody would be left to administer',
  'make another enabled administrator first',
  'there is a token called {name} already',
  'are missing: a token without any opens nothing',
  'are more than you have yourself',
  'is not a time to come',
  'is no name of a runtime',
  'is no name of a group in a runtime',
  'is no name',
  'allowed are 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first',
  'is not an ip or a host name',
  'are more than {most}',
  'is not 0 to {most} seconds',
  'is the id of no job',
  'the job was changed meanwhile to version {version}',
  'the job was removed meanwhile',
  'the runtime of the job is gone',
  'no agent holds the job',
  'your role does not allow this request',
  'this rule comes from the configuration of the center',
  'change it there',
];

const told = sentences(REFUSALS);

/** Why the server refused, in the words of whoever reads it. */
export const refusal = (t: Say, words: string): string => told(t, words);

/** Why the server refused a field, or anything below it; undefined when it did not. */
export function fieldRefusal(t: Say, error: unknown, path: string): string | undefined {
  const words = error instanceof ApiError ? error.field(path) : undefined;
  return words === undefined ? undefined : refusal(t, words);
}
