import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { WireSchedule } from '../api/types';
import type * as Chinese from './zh';

export type Language = 'en' | 'zh-CN';

/** Says a text in the viewer's language; the English text is its name. Places are written {like this}. */
export type Say = (text: string, places?: Record<string, string | number>) => string;

/** Says schedules, of which the server has told the English words. */
export type SaySchedules = (schedules: readonly WireSchedule[], english: readonly string[]) => string[];

interface Speech {
  language: Language;
  speak: (language: Language) => void;
  t: Say;
  schedules: SaySchedules;
}

/** What the server says of a schedule of which it can make nothing. */
const BROKEN = 'cannot fire';

const STORED = 'cloudtask-language';

export function fill(text: string, places: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

const Context = createContext<Speech>({
  language: 'en',
  speak: () => undefined,
  t: fill,
  schedules: (_, english) => [...english],
});

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [chinese, setChinese] = useState<typeof Chinese | null>(null);

  useEffect(() => {
    document.documentElement.lang = language;
    if (language === 'zh-CN') void import('./zh').then(setChinese);
  }, [language]);

  const speak = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  }, []);

  const speech = useMemo<Speech>(() => {
    const told = language === 'zh-CN' ? chinese : null;
    const t: Say = (text, places) => fill(told?.zh[text] ?? text, places);
    const schedules: SaySchedules = (all, english) =>
      english.map((words, at) => {
        const schedule = all[at];
        return told === null || schedule === undefined || words === BROKEN
          ? t(words)
          : told.scheduleInChinese(schedule);
      });
    return { language, speak, t, schedules };
  }, [language, chinese, speak]);
  if (language === 'zh-CN' && chinese === null) return null;
  return <Context value={speech}>{children}</Context>;
}

export const useSpeech = () => useContext(Context);
export const useT = () => useContext(Context).t;
