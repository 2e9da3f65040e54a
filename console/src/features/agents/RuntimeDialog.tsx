import { Button, Group, Modal, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import type { RuntimeView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { fieldRefusal } from '@/lib/refusals';
import { putRuntime, removeRuntime } from './api';

/** Makes a runtime, changes one, or removes one without jobs. */
export function RuntimeDialog({ runtime, close }: { runtime: RuntimeView | null; close: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [name, setName] = useState(runtime?.name ?? '');
  const [description, setDescription] = useState(runtime?.description ?? '');
  const [servers, setServers] = useState(runtime?.servers ?? []);
  const [autonomy, setAutonomy] = useState(runtime?.autonomy ?? 0);
  const [error, setError] = useState<unknown>(null);
  const field = (path: string) => fieldRefusal(t, error, path);
  const attempt = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      tell(done);
      close();
      await client.invalidateQueries({ queryKey: ['runtimes'] });
    } catch (refused) {
      setError(refused);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => putRuntime(name, { description, servers, autonomy }), t('{name} is saved', { name }));
  };
  return (
    <Modal opened onClose={close} title={runtime ? t('Change {name}', { name: runtime.name }) : t('New runtime')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error !== null && <Trouble error={error} />}
          <TextInput
            label={t('Name')}
            required
            withAsterisk={false}
            disabled={runtime !== null}
            data-autofocus
            value={name}
            error={field('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('Description')}
            value={description}
            error={field('description')}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <TagsInput
            label={t('Hosts that may join')}
            description={t('Names or addresses. Empty: any.')}
            value={servers}
            error={field('servers')}
            onChange={setServers}
          />
          <NumberInput
            label={t('Autonomy')}
            description={t(
              'For so long its agents go on when they are cut off from everything; a failover is later by as much.',
            )}
            suffix=" s"
            min={0}
            value={autonomy}
            error={field('autonomy')}
            onChange={(value) => setAutonomy(Number(value) || 0)}
          />
          <Group justify="space-between">
            {runtime ? (
              <Button
                variant="subtle"
                color="red"
                disabled={runtime.jobs > 0}
                title={runtime.jobs > 0 ? t('It has jobs still') : undefined}
                onClick={() =>
                  void attempt(() => removeRuntime(runtime.name), t('{name} was removed', { name: runtime.name }))
                }
              >
                {t('Remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t('Cancel')}
              </Button>
              <Button type="submit">{t('Save')}</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
