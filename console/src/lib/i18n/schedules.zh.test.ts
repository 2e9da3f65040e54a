import { expect, test } from 'vitest';
import type { WireSchedule } from '../api/types';
import { newSchedule } from '../schedules';
import { scheduleInChinese } from './schedules.zh';

const said = (turnmode: number, more: Partial<WireSchedule> = {}) =>
  scheduleInChinese({ ...newSchedule('', turnmode, '2018-03-19'), ...more });

test.each([
  [said(2), '每 5 分钟，自 2018-03-19 起'],
  [said(1), '每秒，自 2018-03-19 起'],
  [said(3, { interval: 2, starttime: '22:00', endtime: '6:00', overnight: true }), '每 2 小时，22:00 至次日 06:00'],
  [said(4), '每天 02:30，自'],
  [said(4, { interval: 3, starttime: '2:30' }), '每 3 天 02:30，自'],
  [said(5, { selectat: '0,1,5', interval: 2 }), '每 2 周的周日、周一、周五 02:30，自'],
  [said(6, { monthlyof: { day: 15, week: '' } }), '每月的 15 日 02:30，自'],
  [said(6, { monthlyof: { day: -1, week: '' }, selectat: '1,3' }), '1、3 月的最后一天 02:30，自'],
  [said(6, { monthlyof: { day: -2, week: '' } }), '每月的倒数第 2 天 02:30，自'],
  [said(6, { monthlyof: { day: 0, week: '0:5' } }), '每月的最后一个周五 02:30，自'],
  [said(4, { enddate: '12/31/2018' }), '每天 02:30，自 2018-03-19 起，至 2018-12-31 02:30 止'],
  [said(2, { timezone: 'Europe/Berlin' }), '每 5 分钟，自 2018-03-19 起，按 Europe/Berlin 的时间'],
  [said(2, { enabled: 0 }), '每 5 分钟，自 2018-03-19 起（已停用）'],
])('%s', (words, expected) => {
  expect(words).toContain(expected);
});

test.each([
  ['0 2 * * *', '每天，02:00'],
  ['30 8,12 * * 1-5', '周一至周五，08:30、12:30'],
  ['* * * * *', '每天，每分钟'],
  ['*/5 * * * *', '每天，每 5 分钟'],
  ['*/15 9-17 * * *', '每天，第 9 至 17 时，每 15 分钟'],
  ['10 * * * *', '每天，每小时，第 10 分'],
  ['*/10 * * * * *', '每天，每分钟，每 10 秒'],
  ['0 0 1 JAN,APR *', '每月 1 日，1、4 月，00:00'],
  ['0 0 L * *', '每月最后一天，00:00'],
  ['0 0 LW * *', '每月最后一个工作日，00:00'],
  ['0 0 L-3 * *', '每月最后一天之前第 3 天，00:00'],
  ['0 0 15W * *', '每月离 15 日最近的工作日，00:00'],
  ['0 0 13 * FRI', '每月 13 日，或周五，00:00'],
  ['0 0 */2 * FRI', '每月从 1 日起每 2 天，且须是周五，00:00'],
  ['0 0 * * 1#2,TUEL', '每月第二个周一、每月最后一个周二，00:00'],
  ['@hourly', '每天，每小时，第 0 分'],
  ['@daily', '每天，00:00'],
])('cron %s', (cron, words) => {
  expect(said(7, { cron })).toBe(`cron "${cron}"：${words}，自 2018-03-19 起`);
});
