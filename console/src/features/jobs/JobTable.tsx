import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { LastRuns } from '@/components/Bars';
import { DataTable, type Column, type Selection } from '@/components/DataTable';
import { tell, tellTrouble } from '@/components/Feedback';
import { Press, Toggle } from '@/components/Plain';
import { Reason } from '@/components/Reason';
import { JobState } from '@/components/State';
import { Away } from '@/components/Time';
import type { JobItem } from '@/lib/api/types';
import { useSpeech, useT } from '@/lib/i18n';
import { brief } from '@/lib/words';
import { useMay } from '@/lib/session';
import { enable, start, stop } from './api';
import { CloneDialog, RemoveDialog } from './Dialogs';
import { RowMenu, type Opened } from './RowMenu';

interface Props {
  jobs: readonly JobItem[];
  sort: string;
  onSort: (sort: string) => void;
  dim: boolean;
  selection?: Selection;
}

export function JobTable({ jobs, ...rest }: Props) {
  const { t, schedules } = useSpeech();
  const [opened, open] = useState<Opened | null>(null);
  const [dialog, ask] = useState<{ is: 'clone' | 'remove'; job: JobItem } | null>(null);
  const columns = useMemo<Column<JobItem>[]>(
    () => [
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
            <Reason of={job.execerr} most={150} />
          </>
        ),
      },
      { key: 'last', title: t('Last runs'), wide: true, width: 104, cell: (job) => <LastRuns runs={job.lastruns} /> },
      {
        key: 'schedule',
        title: t('Schedule'),
        wide: true,
        cell: (job) => <When words={schedules(job.definition.schedules, job.schedules)} />,
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
      {
        key: 'act',
        title: '',
        width: 76,
        right: true,
        cell: (job) => <Actions job={job} open={open} />,
      },
    ],
    [t, schedules],
  );
  return (
    <>
      <DataTable label={t('Jobs')} rows={jobs} rowKey={(job) => job.jobid} columns={columns} {...rest} />
      {opened && <RowMenu opened={opened} close={() => open(null)} ask={(is, job) => ask({ is, job })} />}
      {dialog?.is === 'clone' && <CloneDialog job={dialog.job} close={() => ask(null)} />}
      {dialog?.is === 'remove' && <RemoveDialog job={dialog.job} close={() => ask(null)} />}
    </>
  );
}

function When({ words }: { words: string[] }) {
  const t = useT();
  const [first, ...more] = words;
  if (first === undefined) return <span className="dim">{t('by hand only')}</span>;
  return (
    <span className="schedule-words" title={words.join('\n')}>
      {brief(first)}
      {more.length > 0 && ` +${more.length}`}
    </span>
  );
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
      tellTrouble(t, error);
    } finally {
      want(null);
    }
  };
  return (
    <Toggle
      label={t('Enable {name}', { name })}
      checked={wanted ?? enabled}
      disabled={!may.edit(runtime, group)}
      turn={(on) => void turn(on)}
    />
  );
}

interface ActionsProps {
  job: JobItem;
  open: (menu: Opened) => void;
}

function Actions({ job, open }: ActionsProps) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const { runtime, group, name } = job.definition;
  const running = job.state === 'running';
  const act = async () => {
    try {
      if (running) {
        await stop(job.jobid);
        tell(t('{name} is being stopped', { name }));
      } else {
        const { started } = await start(job.jobid);
        tell(started ? t('{name} was started', { name }) : t('{name} is running already', { name }));
      }
      await client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <span className="nowrap">
      {may.operate(runtime, group) && (
        <Press
          label={running ? t('Stop {name}', { name }) : t('Run {name} now', { name })}
          icon={running ? 'stop' : 'runs'}
          tone={running ? 'bad' : undefined}
          press={() => void act()}
        />
      )}
      <Press
        label={t('More for {name}', { name })}
        icon="more"
        tone="quiet"
        menu
        press={(event) => open({ job, button: event.currentTarget })}
      />
    </span>
  );
}
