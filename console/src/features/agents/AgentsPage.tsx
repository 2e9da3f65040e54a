import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Answer, Empty } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card, Page } from '@/components/Page';
import type { RuntimeView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { useMay } from '@/lib/session';
import { AgentTable } from './AgentTable';
import { AgentDetail } from './AgentDetail';
import { runtimes } from './api';
import { Assignments } from './Assignments';
import { Owners } from './Owners';
import { RuntimeDialog } from './RuntimeDialog';

/** Clusters of hosts, and the agents on them. */
export default function AgentsPage() {
  const t = useT();
  const may = useMay();
  const [search, change] = useAddress();
  const [dialog, setDialog] = useState<RuntimeView | 'new' | null>(null);
  const asked = useLive(['runtimes'], ['agents', 'runtimes', 'jobs'], runtimes);
  return (
    <Page
      title={t('Runtimes and agents')}
      lead={t('A runtime is a cluster of hosts that share its jobs; an agent runs them on one host.')}
      actions={
        may.administer && (
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setDialog('new')}>
            {t('New runtime')}
          </Button>
        )
      }
    >
      <Answer of={asked}>
        {(all) => {
          const agent = all.flatMap((each) => each.agents).find((each) => each.key === search.agent);
          const shown = search.runtime ? all.filter((each) => each.name === search.runtime) : all;
          return (
            <>
              {agent && <AgentDetail agent={agent} close={() => change({ agent: undefined })} />}
              {all.length === 0 && <Empty icon="agents" title={t('No runtime yet')} />}
              {shown.map((each) => (
                <Runtime
                  key={each.name}
                  runtime={each}
                  open={(key) => change({ agent: key })}
                  edit={may.administer ? () => setDialog(each) : undefined}
                />
              ))}
            </>
          );
        }}
      </Answer>
      {dialog !== null && <RuntimeDialog runtime={dialog === 'new' ? null : dialog} close={() => setDialog(null)} />}
    </Page>
  );
}

function Runtime({ runtime, open, edit }: { runtime: RuntimeView; open: (key: string) => void; edit?: () => void }) {
  const t = useT();
  const [search, change] = useAddress();
  return (
    <Card
      flush
      title={
        <>
          {runtime.name}
          <span className="sub">
            {t('Jobs: {jobs}, agents: {agents}', { jobs: runtime.jobs, agents: runtime.agents.length })}
            {runtime.description && ` · ${runtime.description}`}
          </span>
        </>
      }
      actions={
        edit && (
          <Button variant="default" onClick={edit}>
            {t('Change …')}
          </Button>
        )
      }
    >
      <Tabs
        value={search.tab ?? 'agents'}
        onChange={(tab) => change({ tab: tab === 'agents' ? undefined : (tab ?? undefined), text: undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="agents">{t('Agents')}</Tabs.Tab>
          <Tabs.Tab value="assignments">{t('Assignments')}</Tabs.Tab>
          <Tabs.Tab value="owners">{t('Owners')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="agents">
          {runtime.agents.length === 0 ? (
            <Empty icon="agents" title={t('No agent has signed in')}>
              {t('Start one on a host of this runtime:')} <code>./cloudtask agent --config etc/agent.yaml</code>
            </Empty>
          ) : (
            <AgentTable agents={runtime.agents} open={open} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="assignments">
          <Assignments runtime={runtime.name} />
        </Tabs.Panel>
        <Tabs.Panel value="owners">
          <Owners runtime={runtime.name} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
