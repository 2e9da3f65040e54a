import { Link } from '@tanstack/react-router';
import { Answer, Empty } from '@/components/Feedback';
import { Card } from '@/components/Page';
import { RunTable } from '@/components/RunTable';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { runs, stats } from './api';
import { Durations } from './Durations';

export function RunsTab({ jobid }: { jobid: string }) {
  const t = useT();
  const list = useLive(['runs', { job: jobid }], ['runs'], (signal) => runs(jobid, 100, undefined, signal));
  const usual = useLive(['stats', jobid], ['runs'], (signal) => stats(jobid, signal));
  return (
    <Answer of={list}>
      {(page) =>
        page.items.length === 0 ? (
          <Card>
            <Empty icon="runs" title={t('It has not run yet')}>
              {t('Press "Run now" to try it, or look under "Next runs" when it is due.')}
            </Empty>
          </Card>
        ) : (
          <>
            <Card title={t('How long it takes')}>
              <Durations runs={page.items} usual={usual.data?.usual ?? null} />
            </Card>
            <Card flush>
              <RunTable runs={page.items.slice(0, 50)} withJob={false} dim={list.isPlaceholderData} />
              <div className="table-foot">
                <Link to="/runs" search={{ job: jobid } as never}>
                  {t('All runs of it, with filters')}
                </Link>
              </div>
            </Card>
          </>
        )
      }
    </Answer>
  );
}
