import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Text } from '@mantine/core';
import { Empty, Trouble } from '@/components/Feedback';
import { Page } from '@/components/Page';
import { useT } from '@/lib/i18n';
import { Shell } from './Shell';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <Trouble error={error} retry={() => window.location.reload()} />,
});

function NotFound() {
  const t = useT();
  return (
    <Page title={t('Nothing here')}>
      <Empty icon="question" title={t('There is no page at this address')}>
        <Text size="sm">{t('Press Ctrl-K to find a job, a run or a host.')}</Text>
      </Empty>
    </Page>
  );
}

/** Text parameters of an address; each page reads its own. */
const search = (raw: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ) as Record<string, string>;

type Load = Parameters<typeof lazyRouteComponent>[0];
const page = (path: string, load: Load) =>
  createRoute({ getParentRoute: () => root, path, validateSearch: search, component: lazyRouteComponent(load) });

const pages = [
  page('/', () => import('@/features/overview/OverviewPage')),
  page('/jobs', () => import('@/features/jobs/JobsPage')),
  page('/jobs/new', () => import('@/features/editor/NewJobPage')),
  page('/jobs/$jobid', () => import('@/features/job/JobPage')),
  page('/jobs/$jobid/edit', () => import('@/features/editor/EditJobPage')),
  page('/runs', () => import('@/features/runs/RunsPage')),
  page('/runs/$runid', () => import('@/features/run/RunPage')),
  page('/agents', () => import('@/features/agents/AgentsPage')),
  page('/packages', () => import('@/features/packages/PackagesPage')),
  page('/activity', () => import('@/features/activity/ActivityPage')),
  page('/notifications', () => import('@/features/notifications/NotificationsPage')),
  page('/users', () => import('@/features/users/UsersPage')),
  page('/system', () => import('@/features/system/SystemPage')),
  page('/api-reference', () => import('@/features/reference/ReferencePage')),
  page('/profile', () => import('@/features/profile/ProfilePage')),
];

// An address says its filters plainly (?state=failed), not as JSON.
const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text));
const stringifySearch = (values: Record<string, unknown>) => {
  const text = new URLSearchParams(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== '' && value !== null)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return text === '' ? '' : `?${text}`;
};

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren(pages),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
