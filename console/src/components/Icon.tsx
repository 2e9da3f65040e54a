/** Line icons on a grid of 24, drawn here so that no icon package has to be carried. */
const PATHS = {
  overview: 'M4 13h6V4H4zM14 9h6V4h-6zM14 20h6v-7h-6zM4 20h6v-3H4z',
  jobs: 'M4 6h16M4 12h16M4 18h10',
  runs: 'M7 5l11 7-11 7z',
  agents: 'M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01',
  packages: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5',
  activity: 'M3 12h4l3-8 4 16 3-8h4',
  users:
    'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21v-1a6 6 0 0 1 12 0v1M17 11a3.5 3.5 0 0 0 0-7M18 21h4v-1a5 5 0 0 0-4-4.9',
  system: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z',
  language: 'M4 5h9M8.5 3v2c0 5-2 8-4.5 9.5M6 9c0 3 3 5 6 6M12.5 20l4-9 4 9M14 17h5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 21v-1a7 7 0 0 1 14 0v1',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 13l4 4L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  stop: 'M7 7h10v10H7z',
  pause: 'M9 5v14M15 5v14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17h.01',
  skip: 'M5 5l9 7-9 7zM18 5v14',
  swap: 'M7 7h12l-3-3M17 17H5l3 3',
  dot: 'M12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2z',
  ring: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  right: 'M9 6l6 6-6 6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9l5-5 5 5M5 20h14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  bell: 'M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6zM10 20h4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  again: 'M20 11a8 8 0 1 0-2 6M20 5v6h-6',
  wrap: 'M4 6h16M4 12h13a3 3 0 0 1 0 6h-4l2-2M13 18l2 2M4 18h5',
  link: 'M10 14l10-10M14 4h6v6M18 13v6H5V6h6',
  key: 'M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M17 12v3M21 12v4',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  unlock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 7.7-1.5',
  leave: 'M14 4h5v16h-5M4 12h11M8 8l-4 4 4 4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
