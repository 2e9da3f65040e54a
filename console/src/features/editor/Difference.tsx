import { Diff } from '@/components/Diff';
import type { Change, WireSchedule } from '@/lib/api/types';
import { useSpeech } from '@/lib/i18n';

interface Props {
  change: Change;
  /** The schedules before and after, by which those that changed are said. */
  before: readonly WireSchedule[];
  after: readonly WireSchedule[];
  beforeName: string;
  afterName: string;
}

/** One field that differs, side by side; the server names it, and says what it holds, as job files do. */
export function Difference({ change, before, after, beforeName, afterName }: Props) {
  const { schedules } = useSpeech();
  const at = /^schedules\[(\d+)\]$/.exec(change.field)?.[1];
  const said = (all: readonly WireSchedule[], words: string): string => {
    const schedule = at === undefined ? undefined : all[Number(at)];
    // Where the words are the same, the schedules themselves are shown.
    if (schedule === undefined || words.startsWith('{')) return words;
    return schedules([schedule], [words]).join('');
  };
  return (
    <Diff
      left={said(before, change.before)}
      right={said(after, change.after)}
      leftName={beforeName}
      rightName={afterName}
    />
  );
}
