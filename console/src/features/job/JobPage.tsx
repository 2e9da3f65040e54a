import { ActionIcon, Button, Switch, Tabs, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { Answer, tell, tellTrouble, Trouble, Waiting } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card, Facts, Page } from '@/components/Page';
import { JobState } from '@/components/State';
import { At, Away } from '@/components/Time';
import type { JobView } from '@/lib/api/types';
import { useSpeech, useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { told } from '@/lib/told';
import { brief } from '@/lib/words';
import { useMay } from '@/lib/session';
import { enable, job, start, stop } from './api';
import { RunsTab } from './RunsTab';

const NextTab = lazy(() => import('./NextTab'));
const LedgerTab = lazy(() => import('./LedgerTab'));
const VersionsTab = lazy(() => import('./VersionsTab'));
const PlacementTab = lazy(() => import('./PlacementTab'));
const YamlTab = lazy(() => import('./YamlTab'));

const TABS = {
  runs: 'Runs',
  next: 'Next runs',
  ledger: 'Ledger',
  versions: 'Versions',
  placement: 'Placement',
  yaml: 'YAML',
} as const;
type Tab = keyof typeof TABS;

/** One job: how it is doing, what comes, what was, and what it is. */
export default function JobPage() {
  const { jobid } = useParams({ strict: false }) as { jobid: string };
  const asked = useLive(['job', jobid], ['jobs', 'runs'], (signal) => job(jobid, signal), { keep: false });
  return <Answer of={asked}>{(found) => <Job job={found} />}</Answer>;
}

function Job({ job: shown }: { job: JobView }) {
  const { t, schedules } = useSpeech();
  const [search, change] = useAddress();
  const tab: Tab = search.tab !== undefined && search.tab in TABS ? (search.tab as Tab) : 'runs';
  const { definition } = shown;
  return (
    <Page
      title={definition.name}
      lead={
        <>
          <JobState job={shown} />
          <Link to="/jobs" search={{ runtime: definition.runtime, group: definition.group } as never}>
            {definition.runtime} / {definition.group}
          </Link>
          {definition.description && <span>{definition.description}</span>}
        </>
      }
      actions={<Actions job={shown} />}
    >
      {shown.execerr && (
        <div style={{ marginBottom: 12 }}>
          <Trouble error={new Error(told(t, shown.execerr))} />
        </div>
      )}
      <Card>
        <Facts
          facts={[
            [
              t('Schedule'),
              shown.schedules.length === 0
                ? t('by hand only')
                : schedules(definition.schedules, shown.schedules).map((words) => (
                    <div key={words} title={words}>
                      {brief(words)}
                    </div>
                  )),
            ],
            [
              t('Next run'),
              <Away key="next" at={shown.nextat} empty={definition.enabled ? t('never') : t('disabled')} />,
            ],
            [t('Last run'), <At key="last" at={shown.execat} empty={t('never')} />],
            [
              t('Host'),
              shown.agentkey ? (
                <Link key="host" to="/agents" search={{ agent: shown.agentkey } as never}>
                  {shown.agent}
                </Link>
              ) : (
                '–'
              ),
            ],
            [
              t('Package'),
              definition.filename ? (
                <Link key="package" to="/packages" search={{ text: definition.filename } as never}>
                  {definition.filename}
                </Link>
              ) : (
                '–'
              ),
            ],
            [t('Version'), `${shown.version} · ${shown.edituser}`],
          ]}
        />
      </Card>
      <Tabs
        value={tab}
        onChange={(value) =>
          change({ tab: value === 'runs' ? undefined : (value ?? undefined), version: undefined, at: undefined })
        }
        keepMounted={false}
      >
        <Tabs.List mb="sm">
          {Object.entries(TABS).map(([value, title]) => (
            <Tabs.Tab key={value} value={value}>
              {t(title)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Waiting />}>
            <Content tab={tab} job={shown} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Content({ tab, job: shown }: { tab: Tab; job: JobView }) {
  switch (tab) {
    case 'runs':
      return <RunsTab jobid={shown.jobid} />;
    case 'next':
      return <NextTab jobid={shown.jobid} />;
    case 'ledger':
      return <LedgerTab job={shown} />;
    case 'versions':
      return <VersionsTab job={shown} />;
    case 'placement':
      return <PlacementTab job={shown} />;
    case 'yaml':
      return <YamlTab job={shown} />;
  }
}

function Actions({ job: shown }: { job: JobView }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { runtime, group, enabled, name } = shown.definition;
  const running = shown.stat === 200;
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await client.invalidateQueries({ queryKey: ['job', shown.jobid] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  const run = async () => {
    const { runid, started } = await start(shown.jobid);
    if (!started) tell(t('Nothing was started: this run is not over yet'));
    await navigate({ to: `/runs/${runid}` });
  };
  return (
    <>
      {may.edit(runtime, group) && (
        <Switch
          size="sm"
          label={t('Enabled')}
          aria-label={t('Enable {name}', { name })}
          checked={enabled}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            void attempt(() => enable(shown.jobid, on));
          }}
        />
      )}
      {may.operate(runtime, group) && running && (
        <Button
          color="red"
          variant="light"
          leftSection={<Icon name="stop" size={14} />}
          onClick={() => void attempt(() => stop(shown.jobid))}
        >
          {t('Stop')}
        </Button>
      )}
      {may.operate(runtime, group) && (
        <Button leftSection={<Icon name="runs" size={14} />} onClick={() => void attempt(run)}>
          {t('Run now')}
        </Button>
      )}
      {may.edit(runtime, group) && (
        <Button
          component={Link}
          to={`/jobs/${shown.jobid}/edit`}
          variant="default"
          leftSection={<Icon name="edit" size={14} />}
        >
          {t('Edit')}
        </Button>
      )}
      {may.administer && (
        <Tooltip label={t('Tell somebody of it')}>
          <ActionIcon
            component={Link}
            to={`/notifications?job=${shown.jobid}`}
            variant="default"
            size={30}
            aria-label={t('Tell somebody of it')}
          >
            <Icon name="bell" size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
