import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Answer, tell, tellTrouble } from '@/components/Feedback';
import { DataTable } from '@/components/DataTable';
import { Diff } from '@/components/Diff';
import { Card } from '@/components/Page';
import { At } from '@/components/Time';
import type { JobView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { useMay } from '@/lib/session';
import { revert, version, versions } from './api';

/** Every version of the definition: who, when, what changed; and back. */
export default function VersionsTab({ job }: { job: JobView }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const [search, change] = useAddress();
  const asked = useLive(['versions', job.jobid], ['jobs'], (signal) => versions(job.jobid, signal));
  const chosen = Number(search.version ?? 0);
  const back = async (to: number) => {
    try {
      await revert(job.jobid, to);
      tell(t('The definition is that of version {n} again', { n: to }));
      await client.invalidateQueries();
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <>
      {chosen > 0 && chosen !== job.version && <Compared jobid={job.jobid} from={chosen} to={job.version} />}
      <Card flush>
        <Answer of={asked}>
          {(page) => (
            <DataTable
              label={t('Versions')}
              rows={page.items}
              rowKey={(row) => String(row.version)}
              columns={[
                { key: 'n', title: t('Version'), width: 90, cell: (row) => <b className="num">{row.version}</b> },
                { key: 'at', title: t('When'), cell: (row) => <At at={row.editat} /> },
                { key: 'who', title: t('Who'), cell: (row) => row.edituser },
                {
                  key: 'act',
                  title: '',
                  right: true,
                  cell: (row) =>
                    row.version === job.version ? (
                      <span className="dim">{t('in force')}</span>
                    ) : (
                      <>
                        <Button variant="subtle" onClick={() => change({ version: String(row.version) })}>
                          {t('Compare')}
                        </Button>
                        {may.edit(job.definition.runtime, job.definition.group) && (
                          <Button variant="subtle" onClick={() => void back(row.version)}>
                            {t('Revert to it')}
                          </Button>
                        )}
                      </>
                    ),
                },
              ]}
            />
          )}
        </Answer>
      </Card>
    </>
  );
}

function Compared({ jobid, from, to }: { jobid: string; from: number; to: number }) {
  const t = useT();
  const both = useLive(['version', jobid, from, to], [], async (signal) =>
    Promise.all([version(jobid, from, signal), version(jobid, to, signal)]),
  );
  return (
    <Card title={t('Version {a} beside version {b}', { a: from, b: to })} flush>
      <Answer of={both}>
        {([left, right]) => (
          <Diff
            left={left.yaml}
            right={right.yaml}
            leftName={t('version {n}', { n: from })}
            rightName={t('version {n}', { n: to })}
          />
        )}
      </Answer>
    </Card>
  );
}
