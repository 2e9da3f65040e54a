import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DataTable } from '@/components/DataTable';
import { Answer, Empty } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { Card, Page } from '@/components/Page';
import { At } from '@/components/Time';
import { get } from '@/lib/api/client';
import type { AuditPage } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';

/** Who did what to what, from where. */
export default function ActivityPage() {
  const t = useT();
  const [search, change] = useAddress();
  const asked = useLive(['audit', search], ['audit', 'jobs'], (signal) =>
    get<AuditPage>('/api/v1/audit', { ...search, limit: 100 }, signal),
  );
  const field = (name: 'text' | 'who' | 'what', label: string) => (
    <Find
      label={label}
      text={search[name]}
      find={(text) => change({ [name]: text, after: undefined }, { replace: true })}
    />
  );
  return (
    <Page title={t('Activity')} lead={t('Every change and action: who, what, from where')}>
      <Card flush>
        <div className="filters">
          {field('text', t('Any text'))}
          {field('who', t('Who'))}
          {field('what', t('What'))}
        </div>
        <Answer of={asked} rows={10}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty icon="activity" title={t('Nothing fits')} />
            ) : (
              <>
                <DataTable
                  label={t('Activity')}
                  rows={page.items}
                  rowKey={(row) => row.id}
                  dim={asked.isPlaceholderData}
                  columns={[
                    { key: 'at', title: t('When'), width: 150, cell: (row) => <At at={row.at} /> },
                    { key: 'who', title: t('Who'), width: 140, cell: (row) => row.who },
                    {
                      key: 'what',
                      title: t('What'),
                      width: 150,
                      cell: (row) => <code className="nowrap">{row.what}</code>,
                    },
                    { key: 'object', title: t('Object'), cell: (row) => <Thing object={row.object} /> },
                    {
                      key: 'detail',
                      title: t('Detail'),
                      wide: true,
                      cell: (row) => <span style={{ overflowWrap: 'anywhere' }}>{row.detail}</span>,
                    },
                    {
                      key: 'from',
                      title: t('From where'),
                      wide: true,
                      width: 130,
                      cell: (row) => <span className="sub">{row.origin}</span>,
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
    </Page>
  );
}

/** Ids lead to what they name. */
function Thing({ object }: { object: string }) {
  if (/^[0-9a-f]{24}$/.test(object)) {
    return (
      <Link to="/jobs/$jobid" params={{ jobid: object } as never}>
        <Id id={object} />
      </Link>
    );
  }
  if (/^[0-9a-f]{32}$/.test(object)) {
    return (
      <Link to="/runs/$runid" params={{ runid: object } as never}>
        <Id id={object} />
      </Link>
    );
  }
  return <Id id={object} />;
}

/** Of a long one the beginning, which tells one from another; the rest shows when it is pointed at. */
function Id({ id }: { id: string }) {
  return (
    <code className="nowrap" title={id}>
      {id.length > 24 || /^[0-9a-f]{24}$/.test(id) ? `${id.slice(0, 12)}…` : id}
    </code>
  );
}
