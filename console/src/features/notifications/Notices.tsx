import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DataTable } from '@/components/DataTable';
import { Answer, Empty } from '@/components/Feedback';
import { Card } from '@/components/Page';
import { State } from '@/components/State';
import { At, Away } from '@/components/Time';
import type { NoticeView } from '@/lib/api/types';
import { told } from '@/lib/told';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import type { Look } from '@/lib/states';
import { KINDS, notices } from './api';

const LOOKS: Record<string, Look> = {
  waiting: { word: 'Waiting', tone: 'busy', icon: 'clock' },
  sent: { word: 'Sent', tone: 'good', icon: 'check' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
};

/** What was told, what waits, and why what could not be sent was not. */
export function Notices() {
  const t = useT();
  const [search, change] = useAddress();
  const asked = useLive(['notices', search.after], ['system', 'runs'], (signal) => notices(search.after, signal));
  return (
    <Card flush title={t('What was told')}>
      <Answer of={asked}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty icon="bell" title={t('Nothing was told yet')} />
          ) : (
            <>
              <DataTable
                label={t('What was told')}
                rows={page.items}
                rowKey={(row) => row.id}
                columns={[
                  {
                    key: 'state',
                    title: t('State'),
                    width: 120,
                    cell: (row) => (
                      <State
                        look={LOOKS[row.state.toLowerCase()] ?? { word: row.state, tone: 'quiet', icon: 'question' }}
                      />
                    ),
                  },
                  { key: 'kind', title: t('What'), cell: (row) => <What notice={row} /> },
                  {
                    key: 'rule',
                    title: t('Rule'),
                    wide: true,
                    cell: (row) => row.rule || <span className="dim">{t('removed')}</span>,
                  },
                  { key: 'at', title: t('When'), width: 150, cell: (row) => <At at={row.lastat} /> },
                  {
                    key: 'next',
                    title: t('Sending'),
                    wide: true,
                    cell: (row) =>
                      row.error ? (
                        <span style={{ color: 'var(--bad)' }}>{told(t, row.error)}</span>
                      ) : (
                        <Away at={row.sentat ?? row.dueat} />
                      ),
                  },
                ]}
              />
              <div className="table-foot">
                <Button
                  variant="default"
                  disabled={search.after === undefined}
                  onClick={() => change({ after: undefined })}
                >
                  {t('Newest')}
                </Button>
                <Button
                  variant="default"
                  disabled={page.next === null}
                  onClick={() => change({ after: page.next ?? undefined })}
                >
                  {t('Older')}
                </Button>
              </div>
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function What({ notice }: { notice: NoticeView }) {
  const t = useT();
  const words = t(KINDS[notice.kind] ?? notice.kind);
  return (
    <>
      {notice.runid ? (
        <Link to="/runs/$runid" params={{ runid: notice.runid } as never}>
          {words}
        </Link>
      ) : (
        words
      )}
      {notice.times > 1 && ` ×${notice.times}`}
      {notice.job ? (
        <div>
          <Link to="/jobs/$jobid" params={{ jobid: notice.jobid } as never}>
            {notice.job}
          </Link>
        </div>
      ) : (
        <div>{notice.host}</div>
      )}
      <div className="sub">{told(t, notice.detail)}</div>
    </>
  );
}
