import { expect, test } from 'vitest';
import { ansiLines } from './ansi';

test('text without colours is one piece per line', () => {
  expect(ansiLines('a\nb')).toEqual([[{ text: 'a', style: '' }], [{ text: 'b', style: '' }]]);
});

test('a colour lasts until it is reset, over lines too', () => {
  expect(ansiLines('\x1b[1;31mred\nstill\x1b[0m plain')).toEqual([
    [{ text: 'red', style: 'ansi-fg-1 ansi-bold' }],
    [
      { text: 'still', style: 'ansi-fg-1 ansi-bold' },
      { text: ' plain', style: '' },
    ],
  ]);
});

test('markup stays text, and other control characters become visible', () => {
  expect(ansiLines('<b>\x07</b>')).toEqual([[{ text: '<b>\u00b7</b>', style: '' }]]);
});

test('sequences that move the cursor or set a title leave nothing behind', () => {
  expect(ansiLines('\x1b]0;title\x07a\x1b[2Kb\x1b[?25h')).toEqual([
    [
      { text: 'a', style: '' },
      { text: 'b', style: '' },
    ],
  ]);
});

test('of a line that was written over again the last state counts', () => {
  expect(ansiLines('10%\r20%\r100%\nend\r')).toEqual([[{ text: '100%', style: '' }], [{ text: 'end', style: '' }]]);
});

test('colours of the large palettes are told in the sixteen of the page', () => {
  expect(ansiLines('\x1b[38;5;196mx\x1b[38;2;1;2;3my')[0]).toEqual([
    { text: 'x', style: 'ansi-fg-9' },
    { text: 'y', style: '' },
  ]);
});
