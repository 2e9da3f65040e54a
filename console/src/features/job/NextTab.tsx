import { Answer, Empty } from '@/components/Feedback';
import { Card } from '@/components/Page';
import { TableFrame } from '@/components/TableFrame';
import { Away } from '@/components/Time';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { stamp, stampIn, viewerZone } from '@/lib/time';
import { next } from './api';

export default function NextTab({ jobid }: { jobid: string }) {
  const t = useT();
  const asked = useLive(['next', jobid], ['jobs'], (signal) => next(jobid, 20, signal));
  return (
    <Card flush>
      <Answer of={asked}>
        {(view) =>
          view.times.length === 0 ? (
            <Empty icon="clock" title={t('Nothing is due')}>
              {view.enabled
                ? t('It has no schedule with a time to come: it runs when somebody starts it.')
                : t('The job is disabled: switch it on, and its times are here.')}
            </Empty>
          ) : (
            <TableFrame label={t('Next runs')}>
              <table className="table">
                <thead>
                  <tr>
                    <th>{t('In its zone, {zone}', { zone: view.zone })}</th>
                    <th>{t('In yours, {zone}', { zone: viewerZone() })}</th>
                    <th className="right">{t('Away')}</th>
                  </tr>
                </thead>
                <tbody>
                  {view.times.map((at) => (
                    <tr key={at}>
                      <td className="num">{stampIn(view.zone, at)}</td>
                      <td className="num">{stamp(at)}</td>
                      <td className="right">
                        <Away at={at} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableFrame>
          )
        }
      </Answer>
    </Card>
  );
}
