import { DataTable } from '@/components/DataTable';
import { Answer, Empty } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { Icon } from '@/components/Icon';
import { PackageDrop } from '@/components/PackageDrop';
import { Card, Page } from '@/components/Page';
import { At } from '@/components/Time';
import { get } from '@/lib/api/client';
import type { PackageView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { useMay } from '@/lib/session';
import { bytes } from '@/lib/time';

/** What jobs run from: archives that are unpacked as their working directory. */
export default function PackagesPage() {
  const t = useT();
  const may = useMay();
  const [search, change] = useAddress();
  const asked = useLive(['packages'], ['packages', 'jobs'], (signal) =>
    get<PackageView[]>('/api/v1/packages', {}, signal),
  );
  const text = (search.text ?? '').toLowerCase();
  return (
    <Page title={t('Packages')} lead={t('Archives that are unpacked as the working directory of a job')}>
      {may.edit() && (
        <Card title={t('Upload')}>
          <PackageDrop />
        </Card>
      )}
      <Card flush>
        <div className="filters">
          <Find label={t('Find a package')} text={search.text} find={(text) => change({ text }, { replace: true })} />
        </div>
        <Answer of={asked}>
          {(all) => {
            const fits = all.filter((each) => each.name.toLowerCase().includes(text));
            if (fits.length === 0) {
              return (
                <Empty icon="packages" title={all.length === 0 ? t('No packages yet') : t('No package fits')}>
                  {t('Upload one above, or with')} <code>./cloudtask package upload report.tar.gz</code>
                </Empty>
              );
            }
            return (
              <DataTable
                label={t('Packages')}
                rows={fits}
                rowKey={(row) => row.name}
                columns={[
                  { key: 'name', title: t('Name'), cell: (row) => <b>{row.name}</b> },
                  {
                    key: 'size',
                    title: t('Size'),
                    right: true,
                    width: 90,
                    cell: (row) => <span className="num">{bytes(row.size)}</span>,
                  },
                  {
                    key: 'jobs',
                    title: t('Jobs'),
                    right: true,
                    width: 70,
                    cell: (row) => <span className="num">{row.jobs}</span>,
                  },
                  { key: 'at', title: t('Uploaded'), width: 150, cell: (row) => <At at={row.createat} /> },
                  { key: 'who', title: t('Who'), wide: true, cell: (row) => row.createuser },
                  {
                    key: 'sha',
                    title: 'SHA-256',
                    wide: true,
                    cell: (row) => <code title={row.sha256}>{row.sha256.slice(0, 16)}…</code>,
                  },
                  {
                    key: 'get',
                    title: '',
                    right: true,
                    width: 50,
                    cell: (row) => (
                      <a
                        href={`/api/file/default/${encodeURIComponent(row.name)}`}
                        aria-label={t('Download {name}', { name: row.name })}
                        download
                      >
                        <Icon name="download" />
                      </a>
                    ),
                  },
                ]}
              />
            );
          }}
        </Answer>
      </Card>
    </Page>
  );
}
