import { Badge, Button, Group, Modal, Stack } from '@mantine/core';
import { At } from '@/components/Time';
import { useT } from '@/lib/i18n';
import type { Change, JobView } from '@/lib/api/types';
import { Difference } from './Difference';
import { whoChanged, type Draft } from './draft';

interface Props {
  /** What was there when the form was opened. */
  base: JobView;
  mine: Draft;
  theirs: JobView;
  /** From theirs to mine. */
  changes: Change[];
  busy: boolean;
  close: () => void;
  take: () => void;
  keep: () => void;
}

/** Somebody saved the job while it was edited here: both, side by side, and which of them shall be. */
export function Clash({ base, mine, theirs, changes, busy, close, take, keep }: Props) {
  const t = useT();
  const words = { both: t('you both changed it'), theirs: t('they changed it'), mine: t('you changed it') };
  return (
    <Modal opened onClose={close} size="xl" title={t('Somebody else has changed this job meanwhile')}>
      <Stack gap="sm">
        <p className="dim" style={{ margin: 0 }}>
          {t('{who} saved version {n} while you were editing version {mine}.', {
            who: theirs.edituser,
            n: theirs.version,
            mine: base.version,
          })}{' '}
          <At at={theirs.editat} />
        </p>
        {changes.length === 0 && <p>{t('They saved the same as you.')}</p>}
        {changes.map((change) => {
          const who = whoChanged(change.field, base, mine, theirs);
          return (
            <div key={change.field}>
              <Group gap="xs" mb={4}>
                <code>{change.field}</code>
                <Badge size="sm" variant="light" color={who === 'both' ? 'orange' : 'gray'} tt="none">
                  {words[who]}
                </Badge>
              </Group>
              <Difference
                change={change}
                before={theirs.definition.schedules}
                after={mine.schedules}
                beforeName={t('theirs')}
                afterName={t('mine')}
              />
            </div>
          );
        })}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('Go on editing')}
          </Button>
          <Button variant="default" onClick={take}>
            {t('Take theirs')}
          </Button>
          <Button loading={busy} onClick={keep}>
            {t('Save mine over it')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
