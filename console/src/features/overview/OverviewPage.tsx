import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Histogram } from '@/components/Bars';
import { Answer, Empty } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card, Page } from '@/components/Page';
import { State } from '@/components/State';
import { TableFrame } from '@/components/TableFrame';
import { Away } from '@/components/Time';
import { useT, type Say } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useNow } from '@/lib/now';
import { useAddress } from '@/lib/search';
import { JOB_LOOKS, runLook, type Look } from '@/lib/states';
import { plainly } from '@/lib/words';
import { told } from '@/lib/told';
import { clock, duration } from '@/lib/time';
import type { Overview } from '@/lib/api/types';
import { overview } from './api';

/** What needs somebody now, what runs, what comes. */
export default function OverviewPage() {
  const t = useT();
  const asked = useLive(['overview'], ['jobs', 'runs', 'agents'], overview);
  return (
    <Page title={t('Overview')}>
      <Answer of={asked} rows={12}>
        {(shown) => (
          <>
            <Fleet fleet={shown.fleet} />
            <div className="grid-main">
              <div className="stack">
                <Needs shown={shown} />
                <Card title={t('The last 24 hours')}>
                  <Histogram buckets={shown.histogram} />
                </Card>
              </div>
              <div className="stack">
                <Running running={shown.running} />
                <Coming next={shown.nexthour} />
              </div>
            </div>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Fleet({ fleet }: { fleet: Overview['fleet'] }) {
  const t = useT();
  const gone = fleet.agents - fleet.online;
  return (
    <div className="tiles">
      <Tile to="/jobs" value={fleet.jobs} words={t('jobs')} />
      <Tile to="/runs?state=running" value={fleet.running} words={t('running now')} />
      <Tile
        to="/agents"
        value={`${fleet.online} / ${fleet.agents}`}
        words={gone > 0 ? t('agents online, {gone} gone', { gone }) : t('agents online')}
        tone={gone > 0 ? 'bad' : undefined}
      />
      <Tile
        to="/agents"
        value={`${Math.round((100 * fleet.jobs) / Math.max(1, fleet.capacity))} %`}
        words={t('of the places taken')}
        title={t('of {capacity} places taken', { capacity: fleet.capacity.toLocaleString() })}
      />
      <Tile to="/system" value={fleet.centers} words={fleet.centers === 1 ? t('center') : t('centers')} />
    </div>
  );
}

function Tile(props: { to: string; value: ReactNode; words: string; title?: string; tone?: 'bad' }) {
  const [path, query] = props.to.split('?');
  return (
    <Link
      to={path}
      search={Object.fromEntries(new URLSearchParams(query)) as never}
      className="tile"
      data-tone={props.tone}
      title={props.title}
    >
      <b>{typeof props.value === 'number' ? props.value.toLocaleString() : props.value}</b>
      <span>{props.words}</span>
    </Link>
  );
}

interface Need {
  key: string;
  look: Look;
  to: string;
  search?: Record<string, string>;
  name: string;
  why: ReactNode;
  at?: string | null;
}

/** Everything that waits for a person, worst first, one line each with its reason. */
function needs(t: Say, shown: Overview): Need[] {
  return [
    ...shown.agentsgone.map((agent) => ({
      key: `agent ${agent.key}`,
      look: { word: 'Agent gone', tone: 'bad', icon: 'warning' } as const,
      to: '/agents',
      search: { agent: agent.key },
      name: agent.hostname,
      why: agent.runtime,
      at: agent.fenced ?? agent.seen,
    })),
    ...shown.unplaced.map((job) => ({
      key: `unplaced ${job.jobid}`,
      look: JOB_LOOKS.unplaced,
      to: `/jobs/${job.jobid}`,
      search: { tab: 'placement' },
      name: job.definition.name,
      why: told(t, job.execerr),
    })),
    ...shown.failing.map((job) => ({
      key: `failing ${job.jobid}`,
      look: JOB_LOOKS.failed,
      to: `/jobs/${job.jobid}`,
      name: job.definition.name,
      why: told(t, job.execerr),
      at: job.execat,
    })),
    ...shown.missed.map((missed) => ({
      key: `missed ${missed.jobid} ${missed.at}`,
      look: { word: 'Missed', tone: 'bad', icon: 'skip' } as const,
      to: `/jobs/${missed.jobid}`,
      search: { tab: 'ledger', at: missed.at },
      name: missed.name,
      why: (
        <>
          {plainly(t, missed.reason)}
          {missed.instants > 1 && ` ×${missed.instants}`}
        </>
      ),
      at: missed.at,
    })),
    ...shown.late.map((run) => ({
      key: `late ${run.runid}`,
      look: { word: 'Late', tone: 'careful', icon: 'clock' } as const,
      to: `/runs/${run.runid}`,
      name: run.jobname,
      why: run.latenessms === null ? runLook(run.state).word : duration(run.latenessms),
      at: run.fireat,
    })),
  ];
}

/** So many leave room for the rest of the page. */
const FEW = 5;

function Needs({ shown }: { shown: Overview }) {
  const t = useT();
  const all = needs(t, shown);
  const [search, change] = useAddress();
  const whole = search.needs === 'all';
  return (
    <Card title={all.length > 0 ? t('Needs you now ({count})', { count: all.length }) : t('Needs you now')} flush>
      {all.length === 0 ? (
        <Empty icon="check" title={t('Nothing needs you')}>
          {t('No job fails, nothing was missed, every job has a host.')}
        </Empty>
      ) : (
        <TableFrame label={t('Needs you now')}>
          <table className="table needs">
            <tbody>
              {(whole ? all : all.slice(0, FEW)).map((need) => (
                <tr key={need.key}>
                  <td style={{ width: 160 }}>
                    <State look={need.look} />
                  </td>
                  <td>
                    <Link to={need.to} search={(need.search ?? {}) as never} className="name-cell">
                      {need.name}
                    </Link>
                    <div className="sub">{need.why}</div>
                  </td>
                  <td className="right nowrap" style={{ width: 100 }}>
                    <Away at={need.at} empty="" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {all.length > FEW && !whole && (
            <div className="table-foot">
              <Button variant="subtle" onClick={() => change({ needs: 'all' })}>
                {t('and {count} more', { count: all.length - FEW })}
              </Button>
            </div>
          )}
        </TableFrame>
      )}
    </Card>
  );
}

/** How far a run is, measured by what it usually takes. */
function Running({ running }: { running: Overview['running'] }) {
  const t = useT();
  const now = useNow();
  return (
    <Card
      title={t('Running now')}
      flush
      actions={
        <Link to="/runs" search={{ state: 'running' } as never}>
          {t('all')}
        </Link>
      }
    >
      {running.length === 0 ? (
        <Empty icon="runs" title={t('Nothing runs at the moment')} />
      ) : (
        <table className="table">
          <tbody>
            {running.slice(0, 10).map(({ run, usualms }) => {
              const so = run.startedat ? Math.max(0, now - new Date(run.startedat).getTime()) : 0;
              const share = usualms ? so / usualms : 0;
              return (
                <tr key={run.runid}>
                  <td>
                    <Link
                      to="/runs/$runid"
                      params={{ runid: run.runid } as never}
                      className="name-cell"
                      style={{ whiteSpace: 'normal' }}
                    >
                      {run.jobname}
                    </Link>
                    <div className="sub">{run.agent}</div>
                  </td>
                  <td style={{ width: 150 }}>
                    <div className="num sub nowrap">
                      {duration(so)}
                      {usualms ? ` / ${t('usually {time}', { time: duration(usualms) })}` : ''}
                    </div>
                    {usualms ? (
                      <div className="meter" data-tone={share > 2 ? 'bad' : share > 1.3 ? 'careful' : undefined}>
                        <i style={{ width: `${Math.min(100, 100 * share)}%` }} />
                      </div>
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Coming({ next }: { next: Overview['nexthour'] }) {
  const t = useT();
  return (
    <Card title={t('In the next hour')} flush>
      {next.length === 0 ? (
        <Empty
          icon="clock"
          title={t('Nothing is due in the next hour')}
          action={
            <Button component={Link} to="/jobs/new" variant="default" leftSection={<Icon name="plus" size={14} />}>
              {t('New job')}
            </Button>
          }
        />
      ) : (
        <table className="table">
          <tbody>
            {next.slice(0, 12).map((due) => (
              <tr key={due.jobid + due.at}>
                <td className="num" style={{ width: 84 }}>
                  {clock(due.at)}
                </td>
                <td>
                  <Link to="/jobs/$jobid" params={{ jobid: due.jobid } as never}>
                    {due.name}
                  </Link>
                </td>
                <td className="right nowrap">
                  <Away at={due.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
