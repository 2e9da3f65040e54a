import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiError, whenSignedOut } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { SessionContext, type Session } from '@/lib/session';
import { Trouble, Waiting } from '@/components/Feedback';
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
  return (
    <SessionContext value={session}>
      {children}
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
