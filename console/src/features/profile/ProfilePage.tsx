import { Button, SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { DataTable } from '@/components/DataTable';
import { Answer, tellTrouble } from '@/components/Feedback';
import { GrantWords } from '@/components/Grants';
import { Card, Facts, Page } from '@/components/Page';
import { PasswordForm } from '@/components/PasswordForm';
import { At, Away } from '@/components/Time';
import { Tokens } from '@/components/Tokens';
import { get, path, request } from '@/lib/api/client';
import type { SessionView } from '@/lib/api/types';
import { useSpeech, useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useSession } from '@/lib/session';
import { viewerZone } from '@/lib/time';

/** Oneself: what one may do, the password, where one is signed in, tokens, looks. */
export default function ProfilePage() {
  const t = useT();
  const { me } = useSession();
  return (
    <Page title={t('Profile')} lead={me.name}>
      <div className="grid-2" style={{ marginBottom: 12 }}>
        <Card title={me.displayname || me.name}>
          <Facts
            facts={[
              [t('Name'), me.name],
              [t('Rights'), <GrantWords key="grants" grants={me.grants} />],
              [t('Time zone'), viewerZone()],
            ]}
          />
          <Looks />
        </Card>
        {me.kind === 'user' && (
          <Card title={t('Password')}>
            <PasswordForm />
          </Card>
        )}
      </div>
      {me.kind === 'user' && <Sessions />}
      {me.kind === 'user' && <Tokens />}
    </Page>
  );
}

function Looks() {
  const { t, language, speak } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="xs" mt="md" align="flex-start">
      <SegmentedControl
        size="xs"
        aria-label={t('Theme')}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
        data={[
          { value: 'light', label: t('Light') },
          { value: 'dark', label: t('Dark') },
          { value: 'auto', label: t('As the system') },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('Language')}
        value={language}
        onChange={(value) => speak(value as 'en' | 'zh-CN')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '简体中文' },
        ]}
      />
    </Stack>
  );
}

function Sessions() {
  const t = useT();
  const client = useQueryClient();
  const asked = useLive(['sessions'], ['audit'], (signal) => get<SessionView[]>('/api/v1/me/sessions', {}, signal));
  const end = async (id: string) => {
    try {
      await request('DELETE', path('/api/v1/me/sessions/{id}', { id }));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <Card flush title={t('Where you are signed in')}>
      <Answer of={asked} rows={2}>
        {(all) => (
          <DataTable
            label={t('Where you are signed in')}
            rows={all}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'agent',
                title: t('Browser'),
                cell: (row) => (
                  <span className="clip" title={row.agent}>
                    {row.agent}
                  </span>
                ),
              },
              { key: 'address', title: t('Address'), cell: (row) => row.address },
              { key: 'since', title: t('Since'), wide: true, cell: (row) => <At at={row.createat} /> },
              { key: 'seen', title: t('Seen'), cell: (row) => <Away at={row.seenat} /> },
              {
                key: 'act',
                title: '',
                right: true,
                cell: (row) =>
                  row.current ? (
                    <span className="dim">{t('this one')}</span>
                  ) : (
                    <Button variant="subtle" color="red" onClick={() => void end(row.id)}>
                      {t('End it')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  );
}
