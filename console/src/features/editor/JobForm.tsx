import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import { Card } from '@/components/Page';
import { idempotencyKey } from '@/lib/api/client';
import type { Change, JobView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { fieldRefusal } from '@/lib/refusals';
import { check, create, job as jobNow, update } from './api';
import { Clash } from './Clash';
import { draftOf, type Draft } from './draft';
import { Review } from './Review';
import { Rules, What, When, Where } from './sections';

interface Props {
  first: Draft;
  /** The job that is changed, as it was when the form was opened; absent for a new one. */
  job?: JobView;
}

type Asking = { is: 'review'; changes: Change[] } | { is: 'clash'; theirs: JobView; changes: Change[] };

/**
 * A job in sections. Before it is saved, what that would change is shown; what others saved meanwhile is shown beside
 * what was typed, and neither goes without a word.
 */
export function JobForm({ first, job }: Props) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  // What is edited stays what it was, whatever the page around learns meanwhile: it is what If-Match names.
  const [base, setBase] = useState({ job, draft: first });
  const [draft, setDraft] = useState(first);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [saved, setSaved] = useState(false);
  // What was sent once is made once, also when its answer was lost.
  const sent = useRef({ text: '', key: '' });
  const dirty = !saved && JSON.stringify(draft) !== JSON.stringify(base.draft);
  useBlocker({
    shouldBlockFn: () => dirty && !window.confirm(t('Leave without saving? What you have typed is lost.')),
    enableBeforeUnload: () => dirty,
  });
  const part = {
    draft,
    set: (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more })),
    error: (path: string) => fieldRefusal(t, trouble, path),
  };

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setTrouble(null);
    try {
      await act();
    } catch (refused) {
      setAsking(null);
      setTrouble(refused);
      window.scrollTo({ top: 0, behavior: 'smooth' });
    } finally {
      setBusy(false);
    }
  };
  const look = () =>
    attempt(async () => {
      const [changes, now] = await Promise.all([
        check(draft, base.job?.jobid),
        base.job ? jobNow(base.job.jobid) : undefined,
      ]);
      setAsking(
        now && now.version !== base.job?.version ? { is: 'clash', theirs: now, changes } : { is: 'review', changes },
      );
    });
  const make = () => {
    const text = JSON.stringify(draft);
    if (sent.current.text !== text) sent.current = { text, key: idempotencyKey() };
    return create(draft, sent.current.key);
  };
  const save = (over?: JobView) =>
    attempt(async () => {
      const answer = over ? await update(draft, over) : await make();
      if ('theirs' in answer) {
        const changes = await check(draft, answer.theirs.jobid);
        setAsking({ is: 'clash', theirs: answer.theirs, changes });
        return;
      }
      setSaved(true);
      setAsking(null);
      tell(t('{name} is saved', { name: draft.name }));
      await client.invalidateQueries();
      setTimeout(() => void navigate({ to: `/jobs/${answer.job.jobid}` }), 0);
    });
  const take = (theirs: JobView) => {
    setBase({ job: theirs, draft: draftOf(theirs) });
    setDraft(draftOf(theirs));
    setAsking(null);
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      {trouble !== null && (
        <div style={{ marginBottom: 12 }}>
          <Trouble error={trouble} />
        </div>
      )}
      {/* Begun anew with what was taken over: parts of it hold text of their own. */}
      <Card flush key={base.job?.version}>
        <What {...part} held={base.draft.env} />
        <When {...part} />
        <Where {...part} />
        <Rules {...part} />
      </Card>
      <div className="save-bar">
        <span className="sub" style={{ marginRight: 'auto' }}>
          {dirty ? t('Not saved yet') : ''}
        </span>
        <Button variant="default" onClick={() => void navigate({ to: job ? `/jobs/${job.jobid}` : '/jobs' })}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('Review and save')}
        </Button>
      </div>
      {asking?.is === 'review' && (
        <Review
          name={draft.name}
          isNew={base.job === undefined}
          changes={asking.changes}
          before={base.job?.definition.schedules ?? []}
          after={draft.schedules}
          busy={busy}
          close={() => setAsking(null)}
          save={() => void save(base.job)}
        />
      )}
      {asking?.is === 'clash' && base.job && (
        <Clash
          base={base.job}
          mine={draft}
          theirs={asking.theirs}
          changes={asking.changes}
          busy={busy}
          close={() => setAsking(null)}
          take={() => take(asking.theirs)}
          keep={() => void save(asking.theirs)}
        />
      )}
    </form>
  );
}
