import type { WireSchedule } from '../api/types';
import { fromWireDate, MODES, selected } from '../schedules';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const NTH = ['最后一个', '第一个', '第二个', '第三个', '第四个', '第五个'];
const EVERY_MONTH = 12;

/** A schedule in Chinese words, as the server says it in English ones. It has to be a valid one. */
export function scheduleInChinese(schedule: WireSchedule): string {
  const words = [
    `${what(schedule)}`,
    from(schedule),
    until(schedule),
    schedule.timezone ? `按 ${schedule.timezone} 的时间` : '',
  ];
  return words.filter(Boolean).join('，') + (schedule.enabled === 1 ? '' : '（已停用）');
}

function what(schedule: WireSchedule): string {
  switch (schedule.turnmode) {
    case MODES.seconds:
      return every(schedule, '秒', '每秒') + between(schedule);
    case MODES.minutes:
      return every(schedule, '分钟', '每分钟') + between(schedule);
    case MODES.hours:
      return every(schedule, '小时', '每小时') + between(schedule);
    case MODES.days:
      return `${every(schedule, '天', '每天')} ${start(schedule)}`;
    case MODES.weeks:
      return `${every(schedule, '周', '每周')}的${selected(schedule.selectat)
        .map((day) => WEEKDAYS[day])
        .join('、')} ${start(schedule)}`;
    case MODES.months:
      return `${months(schedule)}的${monthDay(schedule)} ${start(schedule)}`;
    default:
      return `cron "${schedule.cron ?? ''}"：${cronInChinese(schedule.cron ?? '')}`;
  }
}

const every = ({ interval }: WireSchedule, unit: string, one: string) =>
  interval === 1 ? one : `每 ${interval} ${unit}`;

// "2:30" is read too, and said as 02:30.
const clock = (time: string) => (time === '' ? '00:00' : time.padStart(5, '0'));
const start = ({ starttime }: WireSchedule) => clock(starttime);

function between(schedule: WireSchedule): string {
  const end = schedule.endtime === '' ? '23:59' : clock(schedule.endtime);
  const whole = start(schedule) === '00:00' && end === '23:59';
  return whole ? '' : `，${start(schedule)} 至${schedule.overnight ? '次日' : ''} ${end}`;
}

function months({ selectat }: WireSchedule): string {
  const chosen = selected(selectat);
  return chosen.length === EVERY_MONTH ? '每月' : `${chosen.join('、')} 月`;
}

function monthDay({ monthlyof: { day, week } }: WireSchedule): string {
  if (day > 0) return ` ${day} 日`;
  if (day < 0) return day === -1 ? '最后一天' : `倒数第 ${-day} 天`;
  const [nth, weekday] = week.split(':').map(Number);
  return `${NTH[nth ?? 0]}${WEEKDAYS[weekday ?? 0]}`;
}

function from(schedule: WireSchedule): string {
  const timed = schedule.turnmode === MODES.cron && start(schedule) !== '00:00';
  return `自 ${fromWireDate(schedule.startdate)}${timed ? ` ${start(schedule)}` : ''} 起`;
}

function until(schedule: WireSchedule): string {
  if (schedule.enddate === '') return '';
  const windowed = schedule.turnmode <= MODES.hours && !schedule.overnight;
  const time = schedule.endtime === '' ? start(schedule) : clock(schedule.endtime);
  return `至 ${fromWireDate(schedule.enddate)}${windowed ? '' : ` ${time}`} 止`;
}

const MACROS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const DAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** A valid cron expression; the words follow the text of its fields, so that one finds again what was written. */
function cronInChinese(cron: string): string {
  const plain = (MACROS[cron.trim().toLowerCase()] ?? cron.trim()).toUpperCase().split(/\s+/);
  const [second = '0', minute = '*', hour = '*', ofMonth = '*', month = '*', ofWeek = '*'] =
    plain.length === 6 ? plain : ['0', ...plain];
  return [days(ofMonth, ofWeek), isAll(month) ? '' : `${list(month, monthNumbers)} 月`, time(second, minute, hour)]
    .filter(Boolean)
    .join('，');
}

const isAll = (field: string) => field === '*' || field === '?';
const isOpen = (field: string) => field.startsWith('*') || field.startsWith('?');
const list = (field: string, words: (item: string) => string) => field.split(',').map(words).join('、');

function time(second: string, minute: string, hour: string): string {
  if (second === '0' && /^[\d,]+$/.test(minute) && /^[\d,]+$/.test(hour)) {
    const pairs = hour.split(',').flatMap((h) => minute.split(',').map((m) => clockOf(h, m)));
    return pairs.join('、');
  }
  const parts = [
    isAll(hour) ? (isOpen(minute) ? '' : '每小时') : part(hour, '时', '小时'),
    part(minute, '分', '分钟'),
    second === '0' ? '' : part(second, '秒', '秒'),
  ];
  return parts.filter(Boolean).join('，');
}

const clockOf = (hour: string, minute: string) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;

function part(field: string, mark: string, unit: string): string {
  if (isAll(field)) return `每${unit}`;
  const step = /^[*?]\/(\d+)$/.exec(field);
  return step ? `每 ${step[1]} ${unit}` : `第 ${list(field, numbers)} ${mark}`;
}

/** An item of numbers: a value or a range, perhaps with a step. */
function numbers(item: string): string {
  const [base = '', step] = item.split('/');
  const words = isAll(base) ? '任意' : base.includes('-') ? base.replace('-', ' 至 ') : step ? `${base} 起` : base;
  return step ? `${words}、步长 ${step}` : words;
}

const numbered = (item: string, names: string[], first: number) =>
  item.replace(/[A-Z]{3}/g, (name) => String(names.indexOf(name) + first));
const monthNumbers = (item: string) => numbers(numbered(item, MONTH_NAMES, 1));

function days(ofMonth: string, ofWeek: string): string {
  if (isAll(ofMonth) && isAll(ofWeek)) return '每天';
  if (isAll(ofWeek)) return `每月${list(ofMonth, monthDayOf)}`;
  if (isAll(ofMonth)) return list(ofWeek, weekday);
  const both = isOpen(ofMonth) || isOpen(ofWeek);
  return `每月${list(ofMonth, monthDayOf)}${both ? '，且须是' : '，或'}${list(ofWeek, weekday)}`;
}

function monthDayOf(item: string): string {
  if (item === 'L') return '最后一天';
  if (item === 'LW') return '最后一个工作日';
  if (item.startsWith('L-')) return `最后一天之前第 ${item.slice(2)} 天`;
  if (item.endsWith('W')) return `离 ${item.slice(0, -1)} 日最近的工作日`;
  return item.startsWith('*/') ? `从 1 日起每 ${item.slice(2)} 天` : ` ${numbers(item)} 日`;
}

const dayName = (text: string) => WEEKDAYS[Number(numbered(text, DAY_NAMES, 0)) % 7] ?? text;

function weekday(item: string): string {
  const [day = '', nth] = item.split('#');
  if (nth !== undefined) return `每月${NTH[Number(nth)]}${dayName(day)}`;
  if (/.L$/.test(item)) return `每月最后一个${dayName(item.slice(0, -1))}`;
  const [base = '', step] = item.split('/');
  const range = isAll(base) ? '任意' : base.split('-').map(dayName).join('至');
  return step ? `${range}、步长 ${step}` : range;
}
