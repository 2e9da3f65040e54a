import { Button, PasswordInput, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import { request } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';

/** Changes the password of whoever is signed in. */
export function PasswordForm() {
  const t = useT();
  const client = useQueryClient();
  const { me, again } = useSession();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await request('PUT', '/api/v1/me/password', { json: { old, new: next } });
      setError(null);
      setOld('');
      setNext('');
      tell(t('The password is changed; your other sessions are ended'));
      await again();
      await client.invalidateQueries();
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {error !== null && <Trouble error={error} />}
        <input type="hidden" name="username" autoComplete="username" value={me.name} readOnly />
        <PasswordInput
          label={t('The one you have')}
          required
          withAsterisk={false}
          autoComplete="current-password"
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('The new one')}
          description={t('At least 10 characters')}
          required
          withAsterisk={false}
          minLength={10}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <div>
          <Button type="submit">{t('Change the password')}</Button>
        </div>
      </Stack>
    </form>
  );
}
