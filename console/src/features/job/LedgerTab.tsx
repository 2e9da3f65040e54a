import { Button, Group, TextInput, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Answer, Empty } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card } from '@/components/Page';
import { RunTable } from '@/components/RunTable';
import { State } from '@/components/State';
import { useSpeech, useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { told } from '@/lib/told';
import { plainly, whyInWords } from '@/lib/words';
import { runLook, type Look } from '@/lib/states';
import { day, stamp } from '@/lib/time';
import { ledger, run, why } from './api';
import type { JobView, LedgerItem, WhyView } from '@/lib/api/types';

const LOOKS: Record<string, Look> = {
  ran: { word: 'Ran', tone: 'good', icon: 'check' },
  skipped: { word: 'Skipped', tone: 'careful', icon: 'skip' },
  missed: { word: 'Missed', tone: 'bad', icon: 'cross' },
  unknown: { word: 'Not known yet', tone: 'quiet', icon: 'question' },
  not_due: { word: 'Not due', tone: 'quiet', icon: 'dot' },
  future: { word: 'To come', tone: 'quiet', icon: 'dot' },
};
const look = (item: LedgerItem): Look => {
  const verdict = item.verdict.toLowerCase();
  return verdict === 'ran' && item.state ? runLook(item.state) : (LOOKS[verdict] ?? LOOKS.unknown ?? runLook(verdict));
};
const at = (item: LedgerItem) => item.at ?? item.from ?? '';

/** Every due instant and what became of it; and why one did not run. */
export default function LedgerTab({ job }: { job: JobView }) {
  const { jobid } = job;
  const t = useT();
  const [search, change] = useAddress();
  const asked = useLive(['ledger', jobid], ['runs', 'jobs'], (signal) => ledger(jobid, 500, signal));
  const ask = (instant: string) => change({ at: instant });
  return (
    <>
      <Why job={job} at={search.at} ask={ask} />
      <Card title={t('Due instants, newest first')}>
        <Answer of={asked}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty icon="clock" title={t('Nothing has been due yet')} />
            ) : (
              <Calendar items={page.items} ask={ask} chosen={search.at} />
            )
          }
        </Answer>
      </Card>
    </>
  );
}

/** Squares by day; shape and colour say what became of each instant. */
function Calendar({ items, ask, chosen }: { items: LedgerItem[]; ask: (at: string) => void; chosen?: string }) {
  const t = useT();
  const days = new Map<string, LedgerItem[]>();
  items.forEach((item) => {
    const key = day(at(item));
    days.set(key, [...(days.get(key) ?? []), item]);
  });
  return (
    <>
      <div className="legend dim" style={{ margin: '0 0 10px', justifyContent: 'flex-start' }}>
        {[...new Map(items.map((item) => [look(item).word, look(item)])).values()].map((each) => (
          <State key={each.word} look={each} />
        ))}
      </div>
      {[...days].map(([name, own]) => (
        <section key={name} style={{ marginBottom: 14 }}>
          <div className="sub num" style={{ marginBottom: 4 }}>
            {name} · {t('{count} due', { count: own.reduce((sum, item) => sum + item.instants, 0) })}
          </div>
          <div className="ledger">
            {own.map((item) => {
              const shown = look(item);
              const many = item.instants > 1;
              const words = `${stamp(at(item))}${many ? ` – ${stamp(item.to ?? '')} (${item.instants})` : ''} · ${t(shown.word)}${item.reason ? ` · ${plainly(t, item.reason)}` : ''}`;
              return (
                <Tooltip key={at(item) + item.verdict} label={words}>
                  <button
                    type="button"
                    className={`due tone-${shown.tone}${many ? ' due-many' : ''}`}
                    aria-label={words}
                    aria-pressed={chosen === at(item)}
                    onClick={() => ask(at(item))}
                  >
                    <span className="state-mark">
                      <Icon name={shown.icon} size={9} />
                      {many && `×${item.instants}`}
                    </span>
                  </button>
                </Tooltip>
              );
            })}
          </div>
        </section>
      ))}
    </>
  );
}

/** What a schedule says, or why it can say nothing, when nothing was due by it. */
function Schedules({ job, why: view }: { job: JobView; why: WhyView }) {
  const { t, schedules } = useSpeech();
  if (view.cause === 'not_due' && view.version === job.version) {
    return <p className="dim">{schedules(job.definition.schedules, job.schedules).join('; ')}</p>;
  }
  // Those of other versions, and their faults, only the server puts into words.
  const isTold = view.cause === 'not_due' || view.cause === 'broken';
  return isTold ? <p className="dim">{told(t, view.explanation)}</p> : null;
}

function ItsRun({ runid }: { runid: string }) {
  const asked = useLive(['run', runid], ['runs'], (signal) => run(runid, signal));
  return asked.data ? <RunTable runs={[asked.data]} withJob={false} /> : null;
}

function Why({ job, at: asked, ask }: { job: JobView; at?: string; ask: (at: string) => void }) {
  const t = useT();
  const [typed, type] = useState('');
  const answer = useLive(['why', job.jobid, asked], ['runs', 'jobs'], (signal) => why(job.jobid, asked ?? '', signal), {
    enabled: asked !== undefined,
    keep: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = new Date(typed);
    if (!Number.isNaN(date.getTime())) ask(date.toISOString());
  };
  return (
    <Card title={t('Why did it (not) run at …?')}>
      <form onSubmit={submit}>
        <Group gap="xs">
          <TextInput
            type="datetime-local"
            step={1}
            size="xs"
            aria-label={t('Time')}
            value={typed}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <Button type="submit" disabled={typed === ''}>
            {t('Ask')}
          </Button>
          {asked === undefined && <span className="sub">{t('or choose an instant below')}</span>}
        </Group>
      </form>
      {asked !== undefined && (
        <div style={{ marginTop: 10 }}>
          <Answer of={answer} rows={2}>
            {(view) => (
              <>
                <Group gap="sm">
                  <State look={LOOKS[view.verdict.toLowerCase()] ?? runLook(view.verdict)} />
                  <span className="num dim">{stamp(view.at)}</span>
                  {view.runid && (
                    <Link to="/runs/$runid" params={{ runid: view.runid } as never}>
                      {t('Open the run')}
                    </Link>
                  )}
                </Group>
                <p style={{ margin: '6px 0' }}>{whyInWords(t, view)}</p>
                <Schedules job={job} why={view} />
                {view.runid && <ItsRun runid={view.runid} />}
                <Group gap="xs">
                  {view.previous && (
                    <button type="button" className="chip" onClick={() => ask(view.previous ?? '')}>
                      {t('due before: {at}', { at: stamp(view.previous) })}
                    </button>
                  )}
                  {view.following && (
                    <button type="button" className="chip" onClick={() => ask(view.following ?? '')}>
                      {t('due after: {at}', { at: stamp(view.following) })}
                    </button>
                  )}
                </Group>
              </>
            )}
          </Answer>
        </div>
      )}
    </Card>
  );
}
