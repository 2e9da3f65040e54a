import { Button, CloseButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable } from '@/components/DataTable';
import { Empty, tell, tellTrouble } from '@/components/Feedback';
import { Card, Facts } from '@/components/Page';
import { State } from '@/components/State';
import { At } from '@/components/Time';
import type { AgentView, DrainView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { told } from '@/lib/told';
import { drain, retire, undrain } from './api';
import { agentLook, loadOf } from './looks';

/** One agent, and what can be done with it. */
export function AgentDetail({ agent, close }: { agent: AgentView; close: () => void }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const [plan, setPlan] = useState<DrainView | null>(null);
  const [giving, setGiving] = useState(false);
  const attempt = async (act: () => Promise<unknown>, done?: string) => {
    try {
      await act();
      if (done) tell(done);
      await client.invalidateQueries({ queryKey: ['runtimes'] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <Card
      title={
        <>
          {agent.hostname} <State look={agentLook(agent)} />
        </>
      }
      actions={<CloseButton aria-label={t('Close')} onClick={close} />}
    >
      <Facts
        facts={[
          [t('Runtime'), agent.runtime],
          [t('Address'), agent.apiaddr],
          [t('Key'), <code key="key">{agent.key}</code>],
          [t('System'), `${agent.os} ${agent.platform}`],
          [t('Last heard of'), <At key="seen" at={agent.seen} />],
          [t('Jobs'), `${agent.jobs} / ${agent.capacity}`],
          [t('Load of its host'), loadOf(agent)],
          [t('Version'), agent.version || '–'],
          [t('Clock'), `${agent.skew} ms`],
          ...(agent.fenced ? ([[t('Counts as dead since'), <At key="fenced" at={agent.fenced} />]] as const) : []),
        ]}
      />
      <Group gap="xs" mt="sm">
        <Button component={Link} to={`/runs?agent=${agent.key}`} variant="default">
          {t('Its runs')}
        </Button>
        {may.administer && !agent.draining && (
          <Button variant="default" onClick={() => void attempt(async () => setPlan(await drain(agent.key, true)))}>
            {t('Drain …')}
          </Button>
        )}
        {may.administer && agent.draining && (
          <Button variant="default" onClick={() => void attempt(() => undrain(agent.key), t('It takes jobs again'))}>
            {t('Let it take jobs again')}
          </Button>
        )}
        {may.administer && !agent.online && (
          <Button variant="default" c="red" onClick={() => setGiving(true)}>
            {t('Give it up …')}
          </Button>
        )}
      </Group>
      {plan && (
        <DrainPreview
          plan={plan}
          close={() => setPlan(null)}
          go={() => {
            setPlan(null);
            void attempt(() => drain(agent.key, false), t('{host} gives its jobs back', { host: agent.hostname }));
          }}
        />
      )}
      {giving && (
        <Modal opened onClose={() => setGiving(false)} title={t('Give {host} up?', { host: agent.hostname })}>
          <Text size="sm" mb="md">
            {t('Its jobs go to others, also those that only it may run. Do this when it will not come back.')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setGiving(false)} data-autofocus>
              {t('Cancel')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                setGiving(false);
                void attempt(() => retire(agent.key), t('{host} is given up', { host: agent.hostname }));
              }}
            >
              {t('Give it up')}
            </Button>
          </Group>
        </Modal>
      )}
    </Card>
  );
}

/** What would move where, before anything does. */
function DrainPreview({ plan, close, go }: { plan: DrainView; close: () => void; go: () => void }) {
  const t = useT();
  const stuck = plan.moves.filter((move) => move.to === null).length;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('Draining {host} would move {count} jobs', { host: plan.hostname, count: plan.moves.length })}
    >
      <Stack gap="sm">
        {stuck > 0 && (
          <Text c="red" size="sm">
            {t('{count} of them have nowhere to go, and stay until they do.', { count: stuck })}
          </Text>
        )}
        {plan.moves.length === 0 ? (
          <Empty icon="check" title={t('It has no jobs')}>
            {t('Draining it only keeps new ones away.')}
          </Empty>
        ) : (
          <div style={{ maxHeight: 380, overflow: 'auto' }}>
            <DataTable
              label={t('What moves where')}
              rows={plan.moves}
              rowKey={(move) => move.jobid}
              columns={[
                { key: 'job', title: t('Job'), cell: (move) => move.name },
                {
                  key: 'to',
                  title: t('Goes to'),
                  cell: (move) =>
                    move.to ? move.hostname : <span style={{ color: 'var(--bad)' }}>{t('nowhere')}</span>,
                },
                {
                  key: 'why',
                  title: '',
                  cell: (move) => <span className="sub">{told(t, move.reason)}</span>,
                },
              ]}
            />
          </div>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('Cancel')}
          </Button>
          <Button onClick={go} data-autofocus>
            {t('Drain')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
