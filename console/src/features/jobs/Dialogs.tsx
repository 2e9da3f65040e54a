import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import type { JobView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { clone, remove } from './api';

interface Props {
  job: JobView;
  close: () => void;
}

/** A copy under another name; it is made disabled, so that nothing runs before somebody looked at it. */
export function CloneDialog({ job, close }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const [name, setName] = useState(`${job.definition.name}-copy`);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const made = await clone(job.jobid, name);
      close();
      await navigate({ to: `/jobs/${made.jobid}/edit` });
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Modal opened onClose={close} title={t('Clone {name}', { name: job.definition.name })}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {error !== null && <Trouble error={error} />}
          <TextInput
            label={t('Name of the copy')}
            value={name}
            data-autofocus
            required
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {t('The copy starts disabled, in the same group.')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('Cancel')}
            </Button>
            <Button type="submit">{t('Clone')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function RemoveDialog({ job, close, done }: Props & { done?: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const { name } = job.definition;
  const submit = async () => {
    try {
      await remove(job.jobid);
      tell(t('{name} was deleted', { name }));
      close();
      done?.();
      await client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Modal opened onClose={close} title={t('Delete {name}?', { name })}>
      <Stack gap="sm">
        {error !== null && <Trouble error={error} />}
        <Text size="sm">{t('Nothing of it is due any more. Its runs stay in the history.')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('Cancel')}
          </Button>
          <Button color="red" onClick={() => void submit()}>
            {t('Delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
