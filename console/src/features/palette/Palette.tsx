import '@mantine/spotlight/styles.css';
import { Spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { get } from '@/lib/api/client';
import type { Hit } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useMay } from '@/lib/session';
import { paletteStore } from '@/lib/palette';
import { Icon, type IconName } from '@/components/Icon';

const ICONS: Record<Hit['kind'], IconName> = {
  job: 'jobs',
  run: 'runs',
  agent: 'agents',
  runtime: 'agents',
  package: 'packages',
};

const target = (hit: Hit): { to: string; search?: Record<string, string> } => {
  switch (hit.kind) {
    case 'job':
      return { to: `/jobs/${hit.id}` };
    case 'run':
      return { to: `/runs/${hit.id}` };
    case 'agent':
      return { to: '/agents', search: { agent: hit.id } };
    case 'runtime':
      return { to: '/agents', search: { runtime: hit.id } };
    case 'package':
      return { to: '/packages', search: { text: hit.name } };
  }
};

const FOR_ADMINISTRATORS = new Set(['/activity', '/notifications', '/users', '/system']);
const PAGES: readonly [string, string, IconName][] = [
  ['/', 'Overview', 'overview'],
  ['/jobs', 'Jobs', 'jobs'],
  ['/jobs/new', 'New job', 'plus'],
  ['/runs', 'Runs', 'runs'],
  ['/agents', 'Runtimes and agents', 'agents'],
  ['/packages', 'Packages', 'packages'],
  ['/activity', 'Activity', 'activity'],
  ['/notifications', 'Notifications', 'bell'],
  ['/users', 'Users and tokens', 'users'],
  ['/system', 'System', 'system'],
  ['/profile', 'Profile', 'user'],
  ['/api-reference', 'REST API', 'overview'],
];

/** Ctrl-K: every page, and whatever the server finds. */
export default function Palette() {
  const t = useT();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const hits = useLive(['search', asked], [], (signal) => get<Hit[]>('/api/v1/search', { text: asked }, signal), {
    enabled: asked.length > 1,
  });
  const found = asked.length > 1 ? (hits.data ?? []) : [];
  const { administer } = useMay();
  const pages = PAGES.filter(
    ([to, title]) =>
      (administer || !FOR_ADMINISTRATORS.has(to)) &&
      (title + t(title)).toLowerCase().includes(text.trim().toLowerCase()),
  );
  const go = (to: string, search?: Record<string, string>) => void navigate({ to, search: (search ?? {}) as never });
  return (
    <Spotlight.Root
      store={paletteStore}
      query={text}
      onQueryChange={setText}
      shortcut={['mod + K', '/']}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t('Find a job, run, host …')}
        aria-label={t('Find anything')}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {found.map((hit) => {
          const { to, search } = target(hit);
          return (
            <Spotlight.Action
              key={hit.kind + hit.id}
              label={hit.name}
              description={`${t(hit.kind)} · ${hit.where}`}
              leftSection={<Icon name={ICONS[hit.kind]} />}
              onClick={() => go(to, search)}
            />
          );
        })}
        {pages.map(([to, title, icon]) => (
          <Spotlight.Action key={to} label={t(title)} leftSection={<Icon name={icon} />} onClick={() => go(to)} />
        ))}
        {found.length + pages.length === 0 && <Spotlight.Empty>{t('Nothing found')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
