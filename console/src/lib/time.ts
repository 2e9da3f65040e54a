import type { Say } from './i18n';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 950 ms, 4.2 s, 3 min 5 s, 2 h 4 min, 3 d 2 h: two units at the most. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  const parts: [number, string, number, string] =
    ms < HOUR ? [MINUTE, 'min', SECOND, 's'] : ms < DAY ? [HOUR, 'h', MINUTE, 'min'] : [DAY, 'd', HOUR, 'h'];
  const [big, bigName, small, smallName] = parts;
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)} ${bigName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

/** One unit, for countdowns and ages. */
export function roughly(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return `${Math.round(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  if (size < 2 * DAY) return `${Math.floor(size / HOUR)} h`;
  return `${Math.floor(size / DAY)} d`;
}

/** "in 5 min", "3 h ago". */
export function relative(t: Say, at: number, now: number): string {
  const away = at - now;
  if (Math.abs(away) < SECOND) return t('now');
  return away > 0 ? t('in {time}', { time: roughly(away) }) : t('{time} ago', { time: roughly(away) });
}

const two = (value: number) => String(value).padStart(2, '0');

/** 2026-03-01 02:30:05 in the viewer's zone. */
export function stamp(at: string | number | Date, withSeconds = true): string {
  const date = new Date(at);
  return `${day(date)} ${clock(date, withSeconds)}`;
}

export function day(at: string | number | Date): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function clock(at: string | number | Date, withSeconds = true): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}${withSeconds ? `:${two(date.getSeconds())}` : ''}`;
}

/** Today only the time of day, else with the date. */
export function shortStamp(at: string | number | Date, now: number): string {
  return day(at) === day(now) ? clock(at) : stamp(at, false);
}

export const viewerZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The local time in another zone, as `2026-03-01 02:30:05`. */
export function stampIn(zone: string, at: string): string {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    return format.format(new Date(at));
  } catch {
    return stamp(at);
  }
}

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
