import { ApiError } from './api/client';
import type { FieldError } from './api/types';
import type { Say } from './i18n';
import { sentences } from './sentences';
import { TOLD } from './told';

/**
 * What the server says when it refuses, sentence by sentence; what stands between its words is found again by the places.
 * What is not here is shown as it came.
 */
export const REFUSALS = [
  '{field} field: {text} is not L-1 to L-{most}',
  '{field} field: {text} is not 1W to 31W',
  '{field} field: {text} is not a weekday, #, and 1 to 5, for example FRI#2',
  '{field} field: {text} is not a weekday and L, for example FRIL',
  '{field} field: {text} has a step that is not 1 to {most}',
  '{field} field: {text} begins after it ends',
  '{field} field: {text} is not {allowed}',
  '{text} is not known',
  'write @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, or five fields',
  'write 5 (minute, hour, day of month, month, day of week) or 6 with seconds first',
  'has {number} fields',
  'has {number} field',
  'second',
  'minute',
  'hour',
  'day of month',
  'month',
  'day of week',
  'weekdays',
  'months',
  '{text} names a day that never comes',
  '{text} is a day that none of its months ever has',
  '{text} is no day of a month',
  'write 1 to 31, -1 (the last) to -31, or 0 and use week',
  'is true, but the window does not cross midnight',
  '{text} is before starttime {time}',
  'write the time of day at which it fires, HH:mm',
  'write the first day, MM/dd/yyyy',
  'the end is before the start {at}',
  'nothing would ever fire: no fire time lies between the start and the end',
  '{text} is wrong',
  'write {what} {least} to {most}, comma separated',
  '{number} is not 1 to {most}',
  'the name of the package {reason}',
  'must have 1 to {most} bytes',
  'must have no / and \\ and no control or invisible characters',
  'must not begin with a dot, nor begin or end with a space',
  'must end with one of {suffixes}',
  'there is a package called {name} already',
  'upload it under another name',
  'there is no package called {name}',
  'the file is empty',
  'the package is larger than the {most} bytes allowed here',
  'is not there',
  'upload it first, then name it here',
  'has to have 1 to {most} printable characters',
  'has to be named with a group, because groups of different runtimes may have one name',
  'name at least one of {words}',
  'has to have 1 to {most} addresses',
  'is no address such as ann@example.org',
  'has to have exactly one URL',
  'is longer than 2000 characters',
  'is no URL that begins with https:// or http://',
  'is no URL',
  'names no host',
  'holds a user or a password',
  'sign with a secret instead',
  'has to have {least} to {most} characters, or none',
  "the rule can't be saved",
  'there is no rule with the id {id}',
  "the job can't be saved",
  'the group has a job of that name already ({id})',
  "the schedules can't be used",
  'there is no job with the id or name "{name}"',
  'the job has no version {version}',
  'others kept changing the same jobs',
  'nothing was applied, try again',
  'there is no runtime called {name}',
  'there is no run {id}',
  'the agent of the run is not known here',
  'the agent of the run is not known',
  'the runtime {name} has {jobs} jobs and {agents} agents that are online',
  'remove or move them first',
  'there is no agent {key}',
  '{host} is there, and would go on with its jobs',
  'drain it, or stop it first',
  'there were too many tries to sign in',
  'try again in {seconds} seconds',
  'that name and password do not go together',
  'is the old one',
  'is not your password',
  'you have no such session',
  'only somebody who is signed in by a password has that',
  'there is no user called {name}',
  'there is a user called {name}',
  'is the name of no user',
  'there is no such token that you may revoke',
  'a token makes no others, but for one that administers everything',
  'sign in by a password',
  'the session has ended',
  'sign in again',
  'the token is not known here',
  'there is nothing at this address',
  'the center could not answer because of a fault of its own',
  'its log says more under {id}',
  'the body was broken off',
  'the body is longer than the {most} bytes allowed here',
  'the {part} of this center does not answer',
  'ask again in a few seconds, or another center',
  'is longer than 1024 characters, or has control characters',
  'is not a time in RFC 3339, such as 2026-03-01T02:30:00Z',
  'is not within the years 1970-9999',
  'is not a whole number from {least} to {most}',
  'is not true or false',
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
  'no agent holds the job: {reason}',
  'no agent holds the job',
  'it runs already, run {id}',
  'your role does not allow this request',
  'this rule comes from the configuration of the center',
  'change it there',
];

/** What this console says itself when no answer comes. */
export const NO_ANSWER = [
  'The center does not answer',
  'Check that it runs and that this machine reaches it',
  'the page asks again by itself.',
  'The center answered {status}',
  'The upload broke off',
  'Nothing was stored. Try it again.',
];

const said = sentences([...REFUSALS, ...NO_ANSWER, ...TOLD]);

/** Why the server refused, in the words of whoever reads it; what may be told stands in refusals too. */
export const refusal = (t: Say, words: string): string => said(t, words);

/** What went wrong, as it is shown. */
interface Wrong {
  title: string;
  detail: string;
  errors: FieldError[];
}

/** What went wrong, in the words of whoever reads it; what one field is refused for is not said twice. */
export function inWords(t: Say, error: unknown): Wrong {
  if (!(error instanceof ApiError)) {
    return { title: refusal(t, error instanceof Error ? error.message : String(error)), detail: '', errors: [] };
  }
  const errors = error.errors.map((each) => ({ ...each, message: refusal(t, each.message) }));
  const [first, ...others] = error.errors;
  const ofOne = first !== undefined && others.length === 0 && error.message === `${first.path} ${first.message}`;
  return {
    title: ofOne ? `${first.path} ${errors[0]?.message ?? ''}` : refusal(t, error.message),
    detail: refusal(t, error.detail ?? ''),
    errors: ofOne ? [] : errors,
  };
}

/** Why the server refused a field, or anything below it; undefined when it did not. */
export function fieldRefusal(t: Say, error: unknown, path: string): string | undefined {
  const words = error instanceof ApiError ? error.field(path) : undefined;
  return words === undefined ? undefined : refusal(t, words);
}
