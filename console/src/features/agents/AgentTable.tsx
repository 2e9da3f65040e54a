import { UnstyledButton } from '@mantine/core';
import { DataTable, type Column } from '@/components/DataTable';
import { State } from '@/components/State';
import { Away } from '@/components/Time';
import type { AgentView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { agentLook, loadOf } from './looks';

export function AgentTable({ agents, open }: { agents: readonly AgentView[]; open: (key: string) => void }) {
  const t = useT();
  const columns: Column<AgentView>[] = [
    { key: 'state', title: t('State'), width: 150, cell: (agent) => <State look={agentLook(agent)} /> },
    {
      key: 'host',
      title: t('Host'),
      cell: (agent) => (
        <>
          <UnstyledButton
            className="name-cell"
            style={{ color: 'var(--accent)', fontSize: 13 }}
            onClick={() => open(agent.key)}
          >
            {agent.hostname}
          </UnstyledButton>
          <div className="sub">{agent.ipaddr}</div>
        </>
      ),
    },
    { key: 'load', title: t('Jobs'), width: 170, cell: (agent) => <Load agent={agent} /> },
    {
      key: 'running',
      title: t('Running'),
      width: 80,
      right: true,
      cell: (agent) => <span className="num">{agent.running}</span>,
    },
    {
      key: 'host-load',
      title: t('Load'),
      width: 80,
      right: true,
      cell: (agent) => <span className="num">{loadOf(agent)}</span>,
    },
    { key: 'version', title: t('Version'), wide: true, cell: (agent) => agent.version },
    { key: 'os', title: t('System'), wide: true, cell: (agent) => `${agent.os} ${agent.platform}` },
    {
      key: 'skew',
      title: t('Clock'),
      wide: true,
      right: true,
      cell: (agent) => (
        <span className="num">
          {agent.skew > 0 ? '+' : ''}
          {agent.skew} ms
        </span>
      ),
    },
    {
      key: 'revision',
      title: t('Job set'),
      wide: true,
      right: true,
      cell: (agent) =>
        agent.acknowledged === agent.revision ? (
          <span className="num">{agent.revision}</span>
        ) : (
          <span className="num" title={t('It has not taken the newest job set yet')}>
            {agent.acknowledged} → {agent.revision}
          </span>
        ),
    },
    { key: 'seen', title: t('Seen'), width: 90, cell: (agent) => <Away at={agent.seen} /> },
  ];
  return <DataTable label={t('Agents')} rows={agents} rowKey={(agent) => agent.key} columns={columns} />;
}

function Load({ agent }: { agent: AgentView }) {
  const share = agent.jobs / Math.max(1, agent.capacity);
  return (
    <>
      <span className="num">
        {agent.jobs.toLocaleString()} <span className="sub">/ {agent.capacity.toLocaleString()}</span>
      </span>
      <div className="meter" data-tone={share > 0.95 ? 'bad' : share > 0.8 ? 'careful' : undefined}>
        <i style={{ width: `${Math.min(100, 100 * share)}%` }} />
      </div>
    </>
  );
}
