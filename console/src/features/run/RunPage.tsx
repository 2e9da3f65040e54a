import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Answer, tell, tellTrouble } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card, Facts, Page } from '@/components/Page';
import { Exit, Took, TRIGGERS } from '@/components/RunTable';
import { RunState } from '@/components/State';
import { At } from '@/components/Time';
import type { RunView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { useMay } from '@/lib/session';
import { isOver } from '@/lib/states';
import { duration } from '@/lib/time';
import { told } from '@/lib/told';
import { rerun, run, stop, variables, type Stream } from './api';
import { OutputView } from './OutputView';

/** One run: how it went, and what it wrote. */
export default function RunPage() {
  const { runid } = useParams({ strict: false }) as { runid: string };
  const asked = useLive(['run', runid], ['runs'], (signal) => run(runid, signal), { keep: false });
  return <Answer of={asked}>{(found) => <Run run={found} />}</Answer>;
}

function Run({ run: shown }: { run: RunView }) {
  const t = useT();
  const [search, change] = useAddress();
  const over = isOver(shown.state);
  const env = useLive(['variables', shown.jobid, shown.version], [], (signal) => variables(shown, signal));
  const stream = (search.stream === 'stderr' ? 'stderr' : 'stdout') satisfies Stream;
  const sizes = Object.fromEntries(shown.outputs.map((each) => [each.stream, each.size])) as Partial<
    Record<Stream, number>
  >;
  return (
    <Page
      title={shown.jobname}
      lead={
        <>
          <RunState state={shown.state} />
          {shown.reason && <span>{told(t, shown.reason)}</span>}
          <code title={t('Id of the run')}>{shown.runid}</code>
        </>
      }
      actions={<Actions run={shown} over={over} />}
    >
      <Card>
        <Facts
          facts={[
            [
              t('Job'),
              <Link key="job" to="/jobs/$jobid" params={{ jobid: shown.jobid } as never}>
                {shown.jobname}
              </Link>,
            ],
            [t('Due'), <At key="due" at={shown.fireat} empty={t('by hand')} />],
            [t('Started'), <At key="started" at={shown.startedat} />],
            [t('Ended'), <At key="ended" at={shown.endedat} />],
            [t('Took'), <Took key="took" run={shown} />],
            [t('Late'), shown.latenessms === null ? '–' : duration(shown.latenessms)],
            [t('Exit'), <Exit key="exit" run={shown} />],
            [
              t('Cause'),
              t(TRIGGERS[shown.trigger] ?? shown.trigger) +
                (shown.attempt > 1 ? `, ${t('attempt {n}', { n: shown.attempt })}` : ''),
            ],
            [
              t('Host'),
              <Link key="host" to="/agents" search={{ agent: shown.agentkey } as never}>
                {shown.agent}
              </Link>,
            ],
            [
              t('Definition'),
              <Link
                key="version"
                to="/jobs/$jobid"
                params={{ jobid: shown.jobid } as never}
                search={{ tab: 'versions', version: String(shown.version) } as never}
              >
                {t('version {n}', { n: shown.version })}
              </Link>,
            ],
            ...(env.data?.length ? ([[t('Environment'), <code key="env">{env.data.join(', ')}</code>]] as const) : []),
          ]}
        />
      </Card>
      <Card flush>
        <OutputView
          key={`${shown.runid} ${stream} ${over}`}
          runid={shown.runid}
          over={over}
          sizes={sizes}
          stream={stream}
          wanted={search.find ?? ''}
          look={(find) => change({ find: find || undefined }, { replace: true })}
          choose={(next) => change({ stream: next === 'stdout' ? undefined : next })}
        />
      </Card>
    </Page>
  );
}

function Actions({ run: shown, over }: { run: RunView; over: boolean }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (!may.operate()) return null;
  const act = async () => {
    try {
      if (over) {
        const { runid, started } = await rerun(shown.runid);
        if (!started) tell(t('Nothing was started: this run is not over yet'));
        await navigate({ to: `/runs/${runid}` });
      } else {
        await stop(shown.runid);
        tell(t('It is being stopped'));
      }
      await client.invalidateQueries({ queryKey: ['run', shown.runid] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <Button
      variant={over ? 'default' : 'filled'}
      color={over ? undefined : 'red'}
      leftSection={<Icon name={over ? 'again' : 'stop'} size={14} />}
      onClick={() => void act()}
    >
      {over ? t('Run again') : t('Stop')}
    </Button>
  );
}
