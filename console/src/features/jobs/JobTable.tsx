import { ActionIcon, Group, Menu, Switch, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { LastRuns } from '@/components/Bars';
import { DataTable, type Column } from '@/components/DataTable';
import { tell, tellTrouble } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { JobState } from '@/components/State';
import { Away } from '@/components/Time';
import type { JobItem } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { brief } from '@/lib/words';
import { useMay } from '@/lib/session';
import { enable, start, stop } from './api';
import { CloneDialog, RemoveDialog } from './Dialogs';

interface Props {
  jobs: readonly JobItem[];
  sort: string;
  onSort: (sort: string) => void;
  dim: boolean;
  selection?: { keys: ReadonlySet<string>; set: (keys: ReadonlySet<string>) => void };
}

export function JobTable({ jobs, ...rest }: Props) {
  const t = useT();
  const columns: Column<JobItem>[] = [
    { key: 'on', title: t('On'), width: 48, cell: (job) => <Enabled job={job} /> },
    {
      key: 'name',
      title: t('Name'),
      sort: 'name',
      cell: (job) => (
        <>
          <Link to="/jobs/$jobid" params={{ jobid: job.jobid } as never} className="name-cell">
            {job.definition.name}
          </Link>
          <div className="sub">
            {job.definition.runtime} / {job.definition.group}
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('State'),
      width: 130,
      cell: (job) => (
        <>
          <JobState job={job} />
          {job.execerr && (
            <span className="sub clip" title={job.execerr} style={{ maxWidth: 150 }}>
              {job.execerr}
            </span>
          )}
        </>
      ),
    },
    { key: 'last', title: t('Last runs'), wide: true, width: 104, cell: (job) => <LastRuns runs={job.lastruns} /> },
    {
      key: 'schedule',
      title: t('Schedule'),
      wide: true,
      cell: (job) =>
        job.schedules.length === 0 ? (
          <span className="dim">{t('by hand only')}</span>
        ) : (
          <span className="schedule-words" title={job.schedules.join('\n')}>
            {brief(job.schedules[0] ?? '')}
            {job.schedules.length > 1 && ` +${job.schedules.length - 1}`}
          </span>
        ),
    },
    { key: 'next', title: t('Next run'), sort: 'nextat', width: 100, cell: (job) => <Away at={job.nextat} /> },
    {
      key: 'exec',
      title: t('Last run'),
      sort: 'execat',
      wider: true,
      width: 100,
      cell: (job) => <Away at={job.execat} empty={t('never')} />,
    },
    { key: 'agent', title: t('Host'), wider: true, cell: (job) => job.agent ?? <span className="dim">–</span> },
    { key: 'act', title: '', width: 76, right: true, cell: (job) => <Actions job={job} /> },
  ];
  return <DataTable label={t('Jobs')} rows={jobs} rowKey={(job) => job.jobid} columns={columns} {...rest} />;
}

function Enabled({ job }: { job: JobItem }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const [wanted, want] = useState<boolean | null>(null);
  const { enabled, name, runtime, group } = job.definition;
  const turn = async (on: boolean) => {
    want(on);
    try {
      await enable(job.jobid, on);
      await client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      tellTrouble(error);
    } finally {
      want(null);
    }
  };
  return (
    <Switch
      size="xs"
      aria-label={t('Enable {name}', { name })}
      checked={wanted ?? enabled}
      disabled={!may.edit(runtime, group)}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}

function Actions({ job }: { job: JobItem }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'clone' | 'remove' | null>(null);
  const { runtime, group, name } = job.definition;
  const running = job.state === 'running';
  const act = async () => {
    try {
      await (running ? stop(job.jobid) : start(job.jobid));
      tell(running ? t('{name} is being stopped', { name }) : t('{name} was started', { name }));
      await client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      tellTrouble(error);
    }
  };
  const label = running ? t('Stop {name}', { name }) : t('Run {name} now', { name });
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {may.operate(runtime, group) && (
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color={running ? 'red' : 'brand'} aria-label={label} onClick={() => void act()}>
            <Icon name={running ? 'stop' : 'runs'} size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('More for {name}', { name })}>
            <Icon name="more" size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/runs?job=${job.jobid}`} leftSection={<Icon name="runs" size={14} />}>
            {t('Runs')}
          </Menu.Item>
          {may.edit(runtime, group) && (
            <>
              <Menu.Item
                leftSection={<Icon name="edit" size={14} />}
                onClick={() => void navigate({ to: `/jobs/${job.jobid}/edit` })}
              >
                {t('Edit')}
              </Menu.Item>
              <Menu.Item leftSection={<Icon name="copy" size={14} />} onClick={() => setDialog('clone')}>
                {t('Clone')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<Icon name="trash" size={14} />} onClick={() => setDialog('remove')}>
                {t('Delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'clone' && <CloneDialog job={job} close={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveDialog job={job} close={() => setDialog(null)} />}
    </Group>
  );
}
