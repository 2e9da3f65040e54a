import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { inWords } from '@/lib/refusals';
import { Icon } from '@/components/Icon';
import { signIn, signInWithToken } from './api';

/** By password, or else by token: it stands on the first page, and over a page whose session has ended. */
export function SignInForm({ done, name }: { done: (me: Me) => void; name?: string }) {
  const t = useT();
  const [byToken, setByToken] = useState(false);
  return (
    <>
      {byToken ? <TokenForm done={done} /> : <PasswordForm done={done} name={name} />}
      <Button variant="subtle" fullWidth mt="xs" onClick={() => setByToken(!byToken)}>
        {byToken ? t('Sign in with name and password') : t('Sign in with an API token')}
      </Button>
    </>
  );
}

function PasswordForm({ done, name: knownName }: { done: (me: Me) => void; name?: string }) {
  const t = useT();
  const [name, setName] = useState(knownName ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    try {
      done(await signIn(name, password));
    } catch (error) {
      setTrouble(words(error));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  const words = (error: unknown) => {
    if (!(error instanceof ApiError)) return String(error);
    if (error.status === 401) return t('That name and password do not go together.');
    const { title, detail } = inWords(t, error);
    if (error.status === 429) return [t('Too many attempts.'), detail].filter(Boolean).join(' ');
    return [title, detail].filter(Boolean).join('. ');
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {trouble && (
          <Alert color="red" icon={<Icon name="warning" />} role="alert" py="xs">
            {trouble}
          </Alert>
        )}
        <TextInput
          label={t('Name')}
          name="username"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus={knownName === undefined}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('Password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus={knownName !== undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={busy} fullWidth mt={4}>
          {t('Sign in')}
        </Button>
      </Stack>
    </form>
  );
}

/** The first page of somebody who is not known yet. */
export function SignInPage({ done }: { done: (me: Me) => void }) {
  const t = useT();
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <div className="brand brand-large">
          <img src="/favicon.svg" alt="" width={34} height={34} />
          <h1>Cloudtask</h1>
        </div>
        <Text size="sm" c="dimmed" mb="md">
          {t('Runs jobs on hosts, on time and once, and answers for every due instant.')}
        </Text>
        <SignInForm done={done} />
        <Text size="xs" c="dimmed" mt="md">
          {t('The first start prints the password of the user admin. Lost it?')} <br />
          <code>./cloudtask user create-admin</code>
        </Text>
      </div>
    </main>
  );
}

/** With an API token, such as the one in the file admin-token beside the store. */
function TokenForm({ done }: { done: (me: Me) => void }) {
  const t = useT();
  const [token, setToken] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      done(await signInWithToken(token.trim()));
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {error !== null && (
          <Alert color="red" icon={<Icon name="warning" />} role="alert" py="xs">
            {error instanceof ApiError && error.status === 401 ? t('That token is not known here.') : String(error)}
          </Alert>
        )}
        <PasswordInput
          label={t('API token')}
          name="token"
          autoComplete="off"
          required
          withAsterisk={false}
          autoFocus
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" fullWidth mt={4}>
          {t('Sign in')}
        </Button>
      </Stack>
    </form>
  );
}
