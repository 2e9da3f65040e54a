import { Button } from '@mantine/core';
import { useState } from 'react';
import { DataTable } from '@/components/DataTable';
import { Answer } from '@/components/Feedback';
import { GrantWords } from '@/components/Grants';
import { Icon } from '@/components/Icon';
import { Card, Page } from '@/components/Page';
import { State } from '@/components/State';
import { Away } from '@/components/Time';
import { Tokens } from '@/components/Tokens';
import { get } from '@/lib/api/client';
import type { User } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { UserDialog } from './UserDialog';

/** Who may do what. */
export default function UsersPage() {
  const t = useT();
  const [dialog, setDialog] = useState<User | 'new' | null>(null);
  const asked = useLive(['users'], ['audit'], (signal) => get<User[]>('/api/v1/users', {}, signal));
  return (
    <Page
      title={t('Users and tokens')}
      lead={t(
        'Roles: a viewer sees, an operator starts and stops, an owner changes jobs, an administrator does everything',
      )}
      actions={
        <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setDialog('new')}>
          {t('New user')}
        </Button>
      }
    >
      <Card flush title={t('Users')}>
        <Answer of={asked}>
          {(all) => (
            <DataTable
              label={t('Users')}
              rows={all}
              rowKey={(row) => row.name}
              columns={[
                {
                  key: 'name',
                  title: t('Name'),
                  cell: (row) => (
                    <>
                      <b>{row.name}</b>
                      <div className="sub">{row.displayname}</div>
                    </>
                  ),
                },
                {
                  key: 'state',
                  title: t('State'),
                  cell: (row) => (
                    <State
                      look={
                        row.enabled
                          ? { word: 'Active', tone: 'good', icon: 'check' }
                          : { word: 'Disabled', tone: 'quiet', icon: 'pause' }
                      }
                    />
                  ),
                },
                { key: 'grants', title: t('Rights'), cell: (row) => <GrantWords grants={row.grants} /> },
                {
                  key: 'mail',
                  title: t('Mail'),
                  wide: true,
                  cell: (row) => row.mail || <span className="dim">–</span>,
                },
                {
                  key: 'seen',
                  title: t('Seen'),
                  wide: true,
                  cell: (row) => <Away at={row.seenat} empty={t('never')} />,
                },
                {
                  key: 'act',
                  title: '',
                  right: true,
                  cell: (row) => (
                    <Button variant="subtle" onClick={() => setDialog(row)}>
                      {t('Change …')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Answer>
      </Card>
      <Tokens ofAll />
      {dialog !== null && <UserDialog user={dialog === 'new' ? null : dialog} close={() => setDialog(null)} />}
    </Page>
  );
}
