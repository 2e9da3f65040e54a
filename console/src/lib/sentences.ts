import type { Say } from './i18n';

/** Places that may hold several sentences, and those that hold something that is told itself. */
const LONG = new Set(['reason', 'words', 'problems']);
const SAID = new Set(['reason', 'field', 'what']);
const ONE_SENTENCE = '((?:(?!; ).)+)';

/** How much of a template is its own words. */
const own = (text: string) => text.replace(/\{\w+\}/g, '').length;

/**
 * Says what the server tells in the language of whoever reads it: the whole is looked for among templates with places,
 * and then each of its sentences, which "; " separates. Of several that fit, the one
 * with the most words of its own counts. What is not among them stays as it is.
 */
export function sentences(templates: readonly string[]) {
  const patterns = [...templates]
    .sort((one, other) => own(other) - own(one))
    .map((text) => {
      const places = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      const pattern = text
        .split(/(\{\w+\})/)
        .map((part, at) => {
          if (at % 2 === 0) return part.replace(/[()\\.?*/]/g, '\\$&');
          return LONG.has(part.slice(1, -1)) ? '(.+)' : ONE_SENTENCE;
        })
        .join('');
      return { text, places, pattern: new RegExp(`^${pattern}$`) };
    });
  const known = (t: Say, said: string): string | undefined => {
    for (const { text, places, pattern } of patterns) {
      const found = pattern.exec(said);
      if (found) {
        const values = places.map((name, at) => [name, found[at + 1] ?? ''] as const);
        return t(
          text,
          Object.fromEntries(values.map(([name, value]) => [name, SAID.has(name) ? say(t, value) : value])),
        );
      }
    }
    return undefined;
  };
  const say = (t: Say, words: string): string => {
    if (words === '') return '';
    return (
      known(t, words) ??
      words
        .split('; ')
        .map((said) => known(t, said) ?? said)
        .join('; ')
    );
  };
  return say;
}
