import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type Language = 'en' | 'zh-CN';

/** Says a text in the viewer's language; the English text is its name. Places are written {like this}. */
export type Say = (text: string, places?: Record<string, string | number>) => string;

interface Speech {
  language: Language;
  speak: (language: Language) => void;
  t: Say;
}

const STORED = 'cloudtask-language';

export function fill(text: string, places: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

const Context = createContext<Speech>({ language: 'en', speak: () => undefined, t: fill });

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [words, setWords] = useState<Record<string, string> | null>(null);

  useEffect(() => {
    document.documentElement.lang = language;
    if (language === 'zh-CN') void import('./zh').then((module) => setWords(module.zh));
  }, [language]);

  const speak = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  }, []);

  const speech = useMemo<Speech>(
    () => ({
      language,
      speak,
      t: (text, places) => fill((language === 'zh-CN' ? words?.[text] : undefined) ?? text, places),
    }),
    [language, words, speak],
  );
  if (language === 'zh-CN' && words === null) return null;
  return <Context value={speech}>{children}</Context>;
}

export const useSpeech = () => useContext(Context);
export const useT = () => useContext(Context).t;
