import { DataTable } from '@/components/DataTable';
import { Answer } from '@/components/Feedback';
import { Card, Facts, Page } from '@/components/Page';
import { State } from '@/components/State';
import { At } from '@/components/Time';
import { get } from '@/lib/api/client';
import type { SystemView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { told } from '@/lib/told';
import { useLive } from '@/lib/live';
import { bytes } from '@/lib/time';

/** How the system itself is. */
export default function SystemPage() {
  const t = useT();
  const asked = useLive(['system'], ['system', 'agents'], (signal) => get<SystemView>('/api/v1/system', {}, signal));
  return (
    <Page title={t('System')} lead={asked.data && t('Cloudtask {version}', { version: asked.data.version })}>
      <Answer of={asked}>
        {(system) => (
          <>
            <div className="grid-2" style={{ marginBottom: 12 }}>
              <Card title={t('Health')} flush>
                <DataTable
                  label={t('Health')}
                  rows={system.health}
                  rowKey={(row) => row.name}
                  columns={[
                    { key: 'name', title: t('Part'), cell: (row) => <b>{told(t, row.name)}</b> },
                    {
                      key: 'state',
                      title: t('State'),
                      cell: (row) => (
                        <State
                          look={
                            row.healthy
                              ? { word: 'Healthy', tone: 'good', icon: 'check' }
                              : { word: 'Not healthy', tone: 'bad', icon: 'cross' }
                          }
                        />
                      ),
                    },
                    { key: 'detail', title: t('Detail'), cell: (row) => told(t, row.detail) },
                  ]}
                />
              </Card>
              <Card title={t('Storage')}>
                <Facts
                  facts={[
                    [t('Store'), bytes(system.storage.bytes)],
                    [t('Packages'), bytes(system.storage.packagebytes)],
                    [t('Runs'), system.storage.runs.toLocaleString()],
                    [t('Jobs'), system.storage.jobs.toLocaleString()],
                  ]}
                />
              </Card>
            </div>
            <Card title={t('Centers')} flush>
              <DataTable
                label={t('Centers')}
                rows={system.centers}
                rowKey={(row) => row.key}
                columns={[
                  { key: 'host', title: t('Host'), cell: (row) => <b>{row.hostname || row.key}</b> },
                  {
                    key: 'role',
                    title: t('Role'),
                    cell: (row) =>
                      row.leader ? (
                        <State look={{ word: 'Leads', tone: 'good', icon: 'check' }} />
                      ) : (
                        <State look={{ word: 'Serves', tone: 'quiet', icon: 'ring' }} />
                      ),
                  },
                  { key: 'address', title: t('Address'), cell: (row) => row.problem ?? row.apiaddr },
                  { key: 'since', title: t('Signed in'), cell: (row) => <At at={row.since} /> },
                ]}
              />
            </Card>
            <Card title={t('Configuration')} flush>
              <DataTable
                label={t('Configuration')}
                rows={system.settings}
                rowKey={(row) => row.name}
                columns={[
                  { key: 'name', title: t('Setting'), cell: (row) => told(t, row.name) },
                  { key: 'value', title: t('Value'), cell: (row) => told(t, row.value) },
                ]}
              />
            </Card>
          </>
        )}
      </Answer>
    </Page>
  );
}
