import type { WireSchedule } from './api/types';

export type { WireSchedule };

/** What `turnmode` says. Dates are MM/dd/yyyy, times HH:mm, `selectat` weekdays from 0 (Sunday) or months from 1. */
export const MODES = { seconds: 1, minutes: 2, hours: 3, days: 4, weeks: 5, months: 6, cron: 7 } as const;
export const isInterval = (schedule: WireSchedule) => schedule.turnmode <= MODES.hours;

/** The date that an input shows (yyyy-MM-dd), as the wire writes it. */
export const toWireDate = (iso: string) =>
  iso === '' ? '' : `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)}`;
export const fromWireDate = (wire: string) =>
  wire === '' ? '' : `${wire.slice(6, 10)}-${wire.slice(0, 2)}-${wire.slice(3, 5)}`;

/** A new schedule of a mode, beginning today. */
export function newSchedule(id: string, turnmode: number, today: string): WireSchedule {
  const all = turnmode === MODES.months ? '1,2,3,4,5,6,7,8,9,10,11,12' : turnmode === MODES.weeks ? '1,2,3,4,5' : '';
  return {
    id,
    enabled: 1,
    turnmode,
    interval: turnmode === MODES.minutes ? 5 : 1,
    startdate: toWireDate(today),
    enddate: '',
    starttime: turnmode <= MODES.hours || turnmode === MODES.cron ? '00:00' : '02:30',
    endtime: turnmode <= MODES.hours ? '23:59' : '',
    selectat: all,
    monthlyof: { day: 1, week: '' },
    ...(turnmode === MODES.cron ? { cron: '0 2 * * *' } : {}),
  };
}

/** The numbers of a list such as "1,2,5". */
export const selected = (text: string) => text.split(',').filter(Boolean).map(Number);

/** The list with a number added or taken away, in order. */
export function toggled(text: string, value: number): string {
  const now = selected(text);
  const next = now.includes(value) ? now.filter((each) => each !== value) : [...now, value];
  return next.sort((a, b) => a - b).join(',');
}
