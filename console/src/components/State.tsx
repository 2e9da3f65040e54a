import { useT } from '@/lib/i18n';
import { JOB_LOOKS, jobState, runLook, type Look } from '@/lib/states';
import type { JobView } from '@/lib/api/types';
import { Icon } from './Icon';

/** A state in word, shape and colour. */
export function State({ look, bare = false }: { look: Look; bare?: boolean }) {
  const t = useT();
  return (
    <span className={`state tone-${look.tone}`} data-bare={bare || undefined}>
      <span className="state-mark">
        <Icon name={look.icon} size={10} />
      </span>
      {t(look.word)}
    </span>
  );
}

export const RunState = ({ state }: { state: string }) => <State look={runLook(state)} />;
export const JobState = ({ job }: { job: JobView }) => <State look={JOB_LOOKS[jobState(job)]} />;
