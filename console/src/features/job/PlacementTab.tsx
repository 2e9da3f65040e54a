import { Link } from '@tanstack/react-router';
import { DataTable } from '@/components/DataTable';
import { Answer, Empty } from '@/components/Feedback';
import { Card } from '@/components/Page';
import type { JobView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { told } from '@/lib/told';
import { placement } from './api';

/** Which host has the job, which could, and which could not and why. */
export default function PlacementTab({ job }: { job: JobView }) {
  const t = useT();
  const asked = useLive(['placement', job.jobid], ['agents', 'jobs'], (signal) => placement(job.jobid, signal));
  return (
    <Answer of={asked}>
      {(place) => (
        <>
          <Card title={place.agent ? t('It is on {host}', { host: place.agent }) : t('No host has it')}>
            {told(t, place.reason)}
          </Card>
          <div className="grid-2">
            <Card title={t('Hosts that can have it')} flush>
              {place.eligible.length === 0 ? (
                <Empty icon="agents" title={t('None')}>
                  {t('Start an agent in the runtime {runtime}, or take the pinning to hosts away.', {
                    runtime: job.definition.runtime,
                  })}
                </Empty>
              ) : (
                <DataTable
                  label={t('Hosts that can have it')}
                  rows={place.eligible}
                  rowKey={(row) => row.key}
                  columns={[
                    {
                      key: 'host',
                      title: t('Host'),
                      cell: (row) => (
                        <Link to="/agents" search={{ agent: row.key } as never}>
                          {row.hostname}
                        </Link>
                      ),
                    },
                    {
                      key: 'load',
                      title: t('Jobs'),
                      right: true,
                      cell: (row) => (
                        <span className="num">
                          {row.jobs} / {row.capacity}
                        </span>
                      ),
                    },
                  ]}
                />
              )}
            </Card>
            <Card title={t('Hosts that can not')} flush>
              {place.refused.length === 0 ? (
                <Empty icon="check" title={t('None')} />
              ) : (
                <DataTable
                  label={t('Hosts that can not')}
                  rows={place.refused}
                  rowKey={(row) => row.key}
                  columns={[
                    { key: 'host', title: t('Host'), cell: (row) => row.hostname },
                    { key: 'why', title: t('Why not'), cell: (row) => told(t, row.reason) },
                  ]}
                />
              )}
            </Card>
          </div>
        </>
      )}
    </Answer>
  );
}
