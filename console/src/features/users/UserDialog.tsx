import { Button, Group, Modal, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import { GrantsField } from '@/components/Grants';
import { get, path, request } from '@/lib/api/client';
import type { RuntimeView, User, UserChange } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { fieldRefusal } from '@/lib/refusals';
import { useLive } from '@/lib/live';

/** Makes a user, changes one, or removes one. */
export function UserDialog({ user, close }: { user: User | null; close: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const [form, setForm] = useState<UserChange>({
    name: user?.name ?? '',
    displayname: user?.displayname ?? '',
    mail: user?.mail ?? '',
    enabled: user?.enabled ?? true,
    grants: user?.grants ?? [],
  });
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const runtimes = useLive(['runtimes'], ['runtimes'], (signal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal));
  const field = (name: string) => fieldRefusal(t, error, name);
  const set = (more: Partial<UserChange>) => setForm((before) => ({ ...before, ...more }));
  const attempt = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      tell(done);
      close();
      await client.invalidateQueries({ queryKey: ['users'] });
    } catch (refused) {
      setError(refused);
    }
  };
  const name = form.name ?? '';
  const own = path('/api/v1/users/{name}', { name });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const json: UserChange = { ...form, ...(password === '' ? {} : { password }) };
    void attempt(
      () => (user ? request('PUT', own, { json }) : request('POST', '/api/v1/users', { json })),
      t('{name} is saved', { name }),
    );
  };
  return (
    <Modal opened onClose={close} size="lg" title={user ? t('Change {name}', { name }) : t('New user')}>
      <form onSubmit={submit} autoComplete="off">
        <Stack gap="sm">
          {error !== null && <Trouble error={error} />}
          <div className="row">
            <TextInput
              label={t('Name')}
              required
              withAsterisk={false}
              disabled={user !== null}
              data-autofocus
              value={name}
              error={field('name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              label={t('Full name')}
              value={form.displayname}
              error={field('displayname')}
              onChange={(event) => set({ displayname: event.currentTarget.value })}
            />
          </div>
          <div className="row">
            <TextInput
              label={t('Mail')}
              type="email"
              value={form.mail}
              error={field('mail')}
              onChange={(event) => set({ mail: event.currentTarget.value })}
            />
            <PasswordInput
              label={user ? t('New password') : t('Password')}
              description={user ? t('Empty: it stays as it is') : t('At least 10 characters')}
              required={user === null}
              withAsterisk={false}
              minLength={10}
              autoComplete="new-password"
              value={password}
              error={field('password')}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </div>
          <Switch
            label={t('May sign in')}
            checked={form.enabled}
            onChange={(event) => set({ enabled: event.currentTarget.checked })}
          />
          <GrantsField
            grants={form.grants ?? []}
            runtimes={(runtimes.data ?? []).map((each) => each.name)}
            change={(grants) => set({ grants })}
            error={field('grants')}
          />
          <Group justify="space-between">
            {user ? (
              <Button
                variant="subtle"
                color="red"
                onClick={() => void attempt(() => request('DELETE', own), t('{name} was removed', { name }))}
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
