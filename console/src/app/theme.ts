import { createTheme, type MantineColorsTuple } from '@mantine/core';

// A quiet teal: it is no state's colour.
const brand: MantineColorsTuple = [
  '#e5f6f8',
  '#d3eaee',
  '#a8d4db',
  '#79bdc8',
  '#53a9b7',
  '#399dad',
  '#2897a9',
  '#168395',
  '#007586',
  '#006676',
];

// Mantine's own grey is brownish beside ours.
const dark: MantineColorsTuple = [
  '#dfe5e8',
  '#b8c2c8',
  '#97a3aa',
  '#6b767d',
  '#3a4248',
  '#2d3338',
  '#22282d',
  '#1b2024',
  '#14181b',
  '#0f1214',
];

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 8 },
  colors: { brand, dark },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "Helvetica Neue", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    Tooltip: { defaultProps: { openDelay: 200, withArrow: true } },
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true } },
  },
});
