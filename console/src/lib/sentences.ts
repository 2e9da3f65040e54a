import type { Say } from './i18n';

/**
 * Says sentences of the server, which "; " separates, in the language of whoever reads them: each is looked for among
 * templates, whose places may hold anything. One that is not among them stays as it is.
 */
export function sentences(templates: readonly string[]) {
  const patterns = templates.map((text) => {
    const places = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const plain = text.split(/\{\w+\}/).map((part) => part.replace(/[()\\.?/]/g, '\\$&'));
    return { text, places, pattern: new RegExp(`^${plain.join('(.+)')}$`) };
  });
  const one = (t: Say, said: string): string => {
    for (const { text, places, pattern } of patterns) {
      const found = pattern.exec(said);
      if (found) return t(text, Object.fromEntries(places.map((name, at) => [name, found[at + 1] ?? ''])));
    }
    return said;
  };
  return (t: Say, words: string): string =>
    words
      .split('; ')
      .map((said) => one(t, said))
      .join('; ');
}
