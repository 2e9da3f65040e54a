import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Text } from '@mantine/core';
import { Empty, Trouble } from '@/components/Feedback';
import { Page } from '@/components/Page';
import { useT } from '@/lib/i18n';
import { PAGES } from './pages';
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

const pages = Object.entries(PAGES).map(([path, load]) =>
  createRoute({ getParentRoute: () => root, path, validateSearch: search, component: lazyRouteComponent(load) }),
);

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

/** Makes the router, which begins at once to load the page that the address asks for: who asks is found out meanwhile. */
export function makeRouter() {
  const router = createRouter({
    routeTree: root.addChildren(pages),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
  void router.load();
  return router;
}
