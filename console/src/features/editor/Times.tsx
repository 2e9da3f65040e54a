import type { UseQueryResult } from '@tanstack/react-query';
import { Answer } from '@/components/Feedback';
import type { SchedulePreview, WireSchedule } from '@/lib/api/types';
import { useSpeech } from '@/lib/i18n';
import { stamp, stampIn, viewerZone } from '@/lib/time';

/** Whether the viewer's clocks show the same; a zone has several names. */
const same = (view: SchedulePreview) => view.times.every((at) => stampIn(view.zone, at) === stamp(at));

interface Props {
  answer: UseQueryResult<SchedulePreview, Error>;
  schedules: readonly WireSchedule[];
}

/** The schedules in words, and the next times they mean; by the server's own calculus. */
export function Times({ answer, schedules }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <Answer of={answer} rows={2}>
      {(view) => (
        <div>
          {speech.schedules(schedules, view.words).map((words) => (
            <div key={words} style={{ fontWeight: 600, fontSize: 13 }}>
              {words}
            </div>
          ))}
          <div className="sub" style={{ margin: '6px 0 2px' }}>
            {t('The next times, in {zone}', { zone: view.zone })}
            {!same(view) && ` (${t('in yours, {zone}, in brackets', { zone: viewerZone() })})`}
          </div>
          {view.times.length === 0 ? (
            <p className="field-error">{t('It never becomes due: look at the days and the end.')}</p>
          ) : (
            <ol className="times num">
              {view.times.map((at) => (
                <li key={at}>
                  {stampIn(view.zone, at)}
                  {!same(view) && <span className="dim"> ({stamp(at).slice(5)})</span>}
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </Answer>
  );
}
