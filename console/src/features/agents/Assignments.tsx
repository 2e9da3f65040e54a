import { Link } from '@tanstack/react-router';
import { DataTable } from '@/components/DataTable';
import { Answer, Empty } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { At } from '@/components/Time';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { told } from '@/lib/told';
import { assignments } from './api';

const MOST = 200;

/** Which agent holds which job. */
export function Assignments({ runtime }: { runtime: string }) {
  const t = useT();
  const [search, change] = useAddress();
  const wanted = (search.text ?? '').toLowerCase();
  const asked = useLive(['assignments', runtime], ['jobs', 'agents'], (signal) => assignments(runtime, signal));
  return (
    <Answer of={asked}>
      {(all) => {
        const fits = all.filter((each) => `${each.name} ${each.agent ?? ''}`.toLowerCase().includes(wanted));
        return (
          <>
            <div className="filters">
              <Find label={t('Job or host')} text={search.text} find={(text) => change({ text }, { replace: true })} />
              <span className="sub num">
                {t('{shown} of {total}', { shown: Math.min(MOST, fits.length), total: all.length })}
              </span>
            </div>
            {fits.length === 0 ? (
              <Empty icon="jobs" title={t('No job fits')} />
            ) : (
              <DataTable
                label={t('Assignments')}
                rows={fits.slice(0, MOST)}
                rowKey={(row) => row.jobid}
                columns={[
                  {
                    key: 'job',
                    title: t('Job'),
                    cell: (row) => (
                      <Link to="/jobs/$jobid" params={{ jobid: row.jobid } as never} className="name-cell">
                        {row.name}
                      </Link>
                    ),
                  },
                  { key: 'group', title: t('Group'), wide: true, cell: (row) => row.group },
                  {
                    key: 'host',
                    title: t('Host'),
                    cell: (row) => row.agent ?? <span style={{ color: 'var(--bad)' }}>{t('nobody')}</span>,
                  },
                  { key: 'since', title: t('Since'), wide: true, cell: (row) => <At at={row.since} /> },
                  {
                    key: 'why',
                    title: t('Why'),
                    wide: true,
                    cell: (row) => <span className="sub">{told(t, row.reason)}</span>,
                  },
                ]}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}
