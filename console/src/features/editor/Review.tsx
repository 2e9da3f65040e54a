import { Button, Group, Modal, Stack } from '@mantine/core';
import { Diff } from '@/components/Diff';
import { useT } from '@/lib/i18n';
import type { Change } from '@/lib/api/types';

interface Props {
  name: string;
  isNew: boolean;
  changes: Change[];
  busy: boolean;
  close: () => void;
  save: () => void;
}

/** What saving would change, field by field, before it does. */
export function Review({ name, isNew, changes, busy, close, save }: Props) {
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
            <Diff left={change.before} right={change.after} leftName={t('as it is')} rightName={t('as it will be')} />
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
