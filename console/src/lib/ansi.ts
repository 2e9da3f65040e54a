/** A piece of output in one style. */
export interface Piece {
  text: string;
  /** Class names, such as "ansi-fg-1 ansi-bold"; "" for plain text. */
  style: string;
}

interface Style {
  fg: number | null;
  bg: number | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const PLAIN: Style = { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false };

// Escape sequences: CSI ... letter, OSC ... BEL or ST, and two-character ones. Only colours have an effect.
const ESCAPE = /\x1b(?:\[([0-9;:?]*)([ -/]*[@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

function classes(style: Style): string {
  const names = [
    style.fg === null ? '' : `ansi-fg-${style.fg}`,
    style.bg === null ? '' : `ansi-bg-${style.bg}`,
    style.bold ? 'ansi-bold' : '',
    style.dim ? 'ansi-dim' : '',
    style.italic ? 'ansi-italic' : '',
    style.underline ? 'ansi-underline' : '',
  ];
  return names.filter(Boolean).join(' ');
}

/** A colour of the palette of 256, as one of the sixteen that the page has. */
function sixteen(index: number): number | null {
  if (index < 16) return index;
  if (index >= 232) return index < 244 ? 8 : 7;
  const cube = index - 16;
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  const bright = Math.max(r, g, b) > 3 ? 8 : 0;
  return bright + (r > 2 ? 1 : 0) + (g > 2 ? 2 : 0) + (b > 2 ? 4 : 0);
}

function apply(style: Style, codes: number[]): Style {
  let next = { ...style };
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 0) next = { ...PLAIN };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code >= 30 && code <= 37) next.fg = code - 30;
    else if (code === 39) next.fg = null;
    else if (code >= 40 && code <= 47) next.bg = code - 40;
    else if (code === 49) next.bg = null;
    else if (code >= 90 && code <= 97) next.fg = code - 90 + 8;
    else if (code >= 100 && code <= 107) next.bg = code - 100 + 8;
    else if (code === 38 || code === 48) {
      const long = codes[i + 1] === 2;
      const colour = long ? null : sixteen(codes[i + 2] ?? 0);
      if (code === 38) next.fg = colour;
      else next.bg = colour;
      i += long ? 4 : 2;
    }
  }
  return next;
}

/** Splits lines of output into pieces by style. A style lasts until it is changed, over lines too. */
export function ansiLines(text: string): Piece[][] {
  let style = PLAIN;
  return text.split('\n').map((raw) => {
    const line = lastOverwrite(raw);
    const pieces: Piece[] = [];
    const add = (part: string) => {
      const clean = part.replace(CONTROL, '\u00b7');
      if (clean !== '') pieces.push({ text: clean, style: classes(style) });
    };
    let from = 0;
    for (const match of line.matchAll(ESCAPE)) {
      add(line.slice(from, match.index));
      from = match.index + match[0].length;
      if (match[2] === 'm') style = apply(style, (match[1] ?? '').split(/[;:]/).map(Number));
    }
    add(line.slice(from));
    return pieces;
  });
}

/** A progress bar writes one line again and again: the last one counts. */
function lastOverwrite(line: string): string {
  const end = line.endsWith('\r') ? line.slice(0, -1) : line;
  return end.slice(end.lastIndexOf('\r') + 1);
}
