import { Button, Group, Modal, Stack } from '@mantine/core';
import { useT } from '@/lib/i18n';
import type { Change, WireSchedule } from '@/lib/api/types';
import { Difference } from './Difference';

interface Props {
  name: string;
  isNew: boolean;
  changes: Change[];
  before: readonly WireSchedule[];
  after: readonly WireSchedule[];
  busy: boolean;
  close: () => void;
  save: () => void;
}

/** What saving would change, field by field, before it does. */
export function Review({ name, isNew, changes, before, after, busy, close, save }: Props) {
  const t = useT();
  const unchanged = !isNew && changes.length === 0;
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={isNew ? t('Make the job {name}', { name }) : t('Change the job {name}', { name })}
    >
      <Stack gap="sm">
        {isNew && <p>{t('The server has no objection: the job is new and will be placed on a host at once.')}</p>}
        {unchanged && <p>{t('Nothing is different from what is saved.')}</p>}
        {changes.map((change) => (
          <div key={change.field}>
            <code>{change.field}</code>
            <Difference
              change={change}
              before={before}
              after={after}
              beforeName={t('as it is')}
              afterName={t('as it will be')}
            />
          </div>
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('Back to the form')}
          </Button>
          <Button loading={busy} disabled={unchanged} onClick={save} data-autofocus>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
