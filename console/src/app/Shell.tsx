import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  Kbd,
  Menu,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, lazy, useEffect } from 'react';
import { Icon, type IconName } from '@/components/Icon';
import { Waiting } from '@/components/Feedback';
import { carriesToken } from '@/lib/api/client';
import { useSpeech, useT } from '@/lib/i18n';
import { useConnected, useEvents } from '@/lib/live';
import { useMay, useSession } from '@/lib/session';
import { openPalette } from '@/lib/palette';

/** When the page has nothing to do, or soon in any case. */
const leisure = () =>
  new Promise<void>((wake) =>
    'requestIdleCallback' in window ? requestIdleCallback(() => wake(), { timeout: 2000 }) : setTimeout(wake, 500),
  );
const Palette = lazy(() => leisure().then(() => import('@/features/palette/Palette')));

interface Place {
  to: string;
  title: string;
  icon: IconName;
  admin?: boolean;
}
const PLACES: readonly Place[] = [
  { to: '/', title: 'Overview', icon: 'overview' },
  { to: '/jobs', title: 'Jobs', icon: 'jobs' },
  { to: '/runs', title: 'Runs', icon: 'runs' },
  { to: '/agents', title: 'Runtimes and agents', icon: 'agents' },
  { to: '/packages', title: 'Packages', icon: 'packages' },
  { to: '/activity', title: 'Activity', icon: 'activity', admin: true },
  { to: '/notifications', title: 'Notifications', icon: 'bell', admin: true },
  { to: '/users', title: 'Users and tokens', icon: 'users', admin: true },
  { to: '/system', title: 'System', icon: 'system', admin: true },
];

export function Shell() {
  const t = useT();
  useEvents(useQueryClient());
  const [opened, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'md' }}
    >
      <a href="#content" className="skip-link">
        {t('Skip to the content')}
      </a>
      <AppShell.Header className="header">
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('Menu')} />
            <Link to="/" className="brand">
              <img src="/favicon.svg" alt="" width={24} height={24} />
              <span>Cloudtask</span>
            </Link>
          </Group>
          <UnstyledButton className="find" onClick={openPalette} aria-label={`${t('Find a job, run, host …')} Ctrl K`}>
            <Icon name="search" size={14} />
            <span className="find-words">{t('Find a job, run, host …')}</span>
            <Kbd size="xs">Ctrl K</Kbd>
          </UnstyledButton>
          <Group gap={4} wrap="nowrap">
            <Live />
            <ThemeSwitch />
            <LanguageSwitch />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="navbar" p="xs">
        <Navigation path={path} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Navigation({ path }: { path: string }) {
  const t = useT();
  const may = useMay();
  return (
    <nav aria-label={t('Pages')} className="places">
      {PLACES.filter((place) => !place.admin || may.administer).map((place) => {
        const here = place.to === '/' ? path === '/' : path.startsWith(place.to);
        return (
          <Link key={place.to} to={place.to} className="place" aria-current={here ? 'page' : undefined}>
            <Icon name={place.icon} size={17} />
            {t(place.title)}
          </Link>
        );
      })}
    </nav>
  );
}

/** Whether the page hears of changes at once, or looks every few seconds. */
function Live() {
  const t = useT();
  const connected = useConnected();
  return (
    <Tooltip label={connected ? t('Changes show at once') : t('No live events: the page looks again every 5 s')}>
      <Badge variant="dot" color={connected ? 'teal' : 'gray'} size="sm" className="live" tabIndex={0}>
        {connected ? t('Live') : t('Polling')}
      </Badge>
    </Tooltip>
  );
}

function ThemeSwitch() {
  const t = useT();
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  const label = other === 'dark' ? t('Dark') : t('Light');
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setColorScheme(other)}>
        <Icon name={other === 'dark' ? 'moon' : 'sun'} />
      </ActionIcon>
    </Tooltip>
  );
}

function LanguageSwitch() {
  const { language, speak, t } = useSpeech();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('Language')} className="language">
          <Icon name="language" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => speak('en')} rightSection={language === 'en' && <Icon name="check" size={14} />}>
          English
        </Menu.Item>
        <Menu.Item
          onClick={() => speak('zh-CN')}
          rightSection={language === 'zh-CN' && <Icon name="check" size={14} />}
        >
          <span lang="zh-CN">简体中文</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu() {
  const t = useT();
  const { me, signOut } = useSession();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className="user" title={t('Account of {name}', { name: me.name })}>
          <span className="user-mark">{(me.displayname || me.name).slice(0, 1).toUpperCase()}</span>
          <span className="user-name">{me.displayname || me.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/profile" leftSection={<Icon name="user" size={14} />}>
          {t('Profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/api-reference" leftSection={<Icon name="overview" size={14} />}>
          {t('REST API')}
        </Menu.Item>
        {(me.kind === 'user' || carriesToken()) && (
          <Menu.Item onClick={signOut} leftSection={<Icon name="leave" size={14} />}>
            {t('Sign out')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
