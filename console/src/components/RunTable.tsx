import { Link } from '@tanstack/react-router';
import { useT } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { duration } from '@/lib/time';
import { isOver } from '@/lib/states';
import type { RunView } from '@/lib/api/types';
import { DataTable, type Column } from './DataTable';
import { Reason } from './Reason';
import { RunState } from './State';
import { At } from './Time';

/** How long a run took, or has taken so far. */
export function Took({ run }: { run: RunView }) {
  const now = useNow();
  if (run.durationms !== null && run.durationms !== undefined)
    return <span className="num">{duration(run.durationms)}</span>;
  if (!run.startedat || isOver(run.state)) return <span className="dim">–</span>;
  return <span className="num">{duration(Math.max(0, now - new Date(run.startedat).getTime()))} …</span>;
}

/** Exit code or signal, or why there is none. */
export function Exit({ run }: { run: RunView }) {
  const t = useT();
  if (run.signal) return <span className="num">{t('signal {signal}', { signal: run.signal })}</span>;
  return run.exitcode === null ? <span className="dim">–</span> : <span className="num">{run.exitcode}</span>;
}

export const TRIGGERS: Record<string, string> = {
  schedule: 'Schedule',
  catchup: 'Catch-up',
  manual: 'By hand',
  external: 'Older agent',
};

interface Props {
  runs: readonly RunView[];
  withJob?: boolean;
  dim?: boolean;
}

export function RunTable({ runs, withJob = true, dim }: Props) {
  const t = useT();
  const columns: Column<RunView>[] = [
    {
      key: 'state',
      title: t('Result'),
      width: 120,
      cell: (run) => (
        <Link to="/runs/$runid" params={{ runid: run.runid } as never}>
          <RunState state={run.state} />
        </Link>
      ),
    },
    {
      key: 'job',
      title: t('Job'),
      cell: (run) => (
        <>
          <Link to="/jobs/$jobid" params={{ jobid: run.jobid } as never} className="name-cell">
            {run.jobname}
          </Link>
          <Reason of={run.reason} />
        </>
      ),
    },
    {
      key: 'reason',
      title: t('Reason'),
      wide: true,
      cell: (run) => <Reason of={run.reason} />,
    },
    { key: 'due', title: t('Due'), wide: true, width: 130, cell: (run) => <At at={run.fireat} empty={t('by hand')} /> },
    { key: 'start', title: t('Started'), width: 130, cell: (run) => <At at={run.startedat} /> },
    { key: 'took', title: t('Took'), width: 96, right: true, cell: (run) => <Took run={run} /> },
    {
      key: 'late',
      title: t('Late'),
      wide: true,
      width: 80,
      right: true,
      cell: (run) =>
        run.latenessms === null ? (
          <span className="dim">–</span>
        ) : (
          <span className="num">{duration(run.latenessms)}</span>
        ),
    },
    { key: 'exit', title: t('Exit'), wide: true, width: 70, right: true, cell: (run) => <Exit run={run} /> },
    {
      key: 'trigger',
      title: t('Cause'),
      wide: true,
      width: 96,
      cell: (run) => (
        <>
          {t(TRIGGERS[run.trigger] ?? run.trigger)}
          {run.attempt > 1 && <span className="sub"> {t('attempt {n}', { n: run.attempt })}</span>}
        </>
      ),
    },
    { key: 'agent', title: t('Host'), wide: true, cell: (run) => run.agent },
    {
      key: 'open',
      title: '',
      width: 44,
      right: true,
      cell: (run) => (
        <Link to="/runs/$runid" params={{ runid: run.runid } as never} className="nowrap">
          {t('Output')}
        </Link>
      ),
    },
  ];
  const shown = columns.filter((column) => column.key !== (withJob ? 'reason' : 'job'));
  return <DataTable label={t('Runs')} rows={runs} rowKey={(run) => run.runid} columns={shown} dim={dim} />;
}
