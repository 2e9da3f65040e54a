import { Button, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiError, whenSignedOut } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { SessionContext, useSession, type Session } from '@/lib/session';
import { Trouble, Waiting } from '@/components/Feedback';
import { PasswordForm } from '@/components/PasswordForm';
import { signOut, whoAmI } from './api';
import { SignInForm, SignInPage } from './SignIn';

type Standing = { is: 'asking' } | { is: 'nobody' } | { is: 'trouble'; error: unknown } | { is: 'known'; me: Me };

/**
 * Lets nobody past who is not signed in. When a session ends while a page is open, the form comes over the page, so
 * that nothing that was typed is lost.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useT();
  const client = useQueryClient();
  const [standing, setStanding] = useState<Standing>({ is: 'asking' });
  const [ended, setEnded] = useState(false);
  // Whether there is a page already, on which something may have been typed.
  const [entered, setEntered] = useState(false);

  const again = useCallback(async () => {
    try {
      setStanding({ is: 'known', me: await whoAmI() });
    } catch (error) {
      const nobody = error instanceof ApiError && error.status === 401;
      setStanding((before) => (before.is === 'known' ? before : nobody ? { is: 'nobody' } : { is: 'trouble', error }));
    }
  }, []);

  useEffect(() => {
    whenSignedOut(() => setEnded(true));
    void again();
  }, [again]);

  const session = useMemo<Session | null>(
    () =>
      standing.is === 'known'
        ? {
            me: standing.me,
            again,
            signOut: () => {
              void signOut().finally(() => {
                client.clear();
                setEnded(false);
                setStanding({ is: 'nobody' });
              });
            },
          }
        : null,
    [standing, again, client],
  );

  useEffect(() => {
    if (standing.is !== 'known') setEntered(false);
    else if (!standing.me.mustchange) setEntered(true);
  }, [standing]);

  const known = (me: Me) => {
    setEnded(false);
    setStanding({ is: 'known', me });
    void client.invalidateQueries();
  };

  if (session === null) {
    if (standing.is === 'asking') return <Waiting rows={3} />;
    if (standing.is === 'trouble') {
      return (
        <main className="sign-in">
          <div className="sign-in-box">
            <Trouble error={standing.error} retry={() => void again()} />
          </div>
        </main>
      );
    }
    return <SignInPage done={known} />;
  }
  const { mustchange } = session.me;
  return (
    <SessionContext value={session}>
      {(entered || !mustchange) && children}
      <OwnPassword opened={mustchange && !ended} />
      <Modal
        opened={ended}
        // Over whatever dialog is open.
        zIndex={500}
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title={t('Your session has ended')}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('Sign in again to go on; what you have typed is still there.')}
        </Text>
        <SignInForm name={session.me.kind === 'user' ? session.me.name : undefined} done={known} />
      </Modal>
    </SessionContext>
  );
}

/** Whoever got a password from somebody else chooses another one before anything else: the server insists on it. */
function OwnPassword({ opened }: { opened: boolean }) {
  const t = useT();
  const { me, signOut } = useSession();
  return (
    <Modal
      opened={opened}
      zIndex={500}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('Choose a password of your own')}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('Somebody else knows your password.')}
      </Text>
      {me.kind === 'user' && <PasswordForm />}
      <Button variant="subtle" fullWidth mt="xs" onClick={signOut}>
        {t('Sign out')}
      </Button>
    </Modal>
  );
}
