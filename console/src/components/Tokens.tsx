import { Button, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { get, path, request } from '@/lib/api/client';
import type { Grant, NewToken, RuntimeView, Token } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useSession } from '@/lib/session';
import { DataTable } from './DataTable';
import { Answer, Empty, tell, tellTrouble, Trouble } from './Feedback';
import { GrantsField, GrantWords } from './Grants';
import { Icon } from './Icon';
import { Card } from './Page';
import { At, Away } from './Time';

const DAY_MS = 86_400_000;

/** API tokens: listed, made (their value is shown once) and revoked. */
export function Tokens({ ofAll = false }: { ofAll?: boolean }) {
  const t = useT();
  const client = useQueryClient();
  const { me } = useSession();
  const [making, setMaking] = useState(false);
  const asked = useLive(['tokens'], ['audit'], (signal) => get<Token[]>('/api/v1/tokens', {}, signal));
  const revoke = async (token: Token) => {
    try {
      await request('DELETE', path('/api/v1/tokens/{id}', { id: token.id }));
      tell(t('{name} is revoked', { name: token.name }));
      await client.invalidateQueries({ queryKey: ['tokens'] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <Card
      flush
      title={t('API tokens')}
      actions={
        <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)}>
          {t('New token')}
        </Button>
      }
    >
      <Answer of={asked}>
        {(all) => {
          const shown = ofAll ? all : all.filter((each) => each.owner === me.name);
          return shown.length === 0 ? (
            <Empty icon="key" title={t('No tokens')}>
              {t('A token lets a script use the API: give it no more than the script needs.')}
            </Empty>
          ) : (
            <DataTable
              label={t('API tokens')}
              rows={shown}
              rowKey={(row) => row.id}
              columns={[
                { key: 'name', title: t('Name'), cell: (row) => <b>{row.name}</b> },
                {
                  key: 'owner',
                  title: t('Of'),
                  wide: true,
                  cell: (row) => row.owner || <span className="dim">–</span>,
                },
                { key: 'grants', title: t('Rights'), cell: (row) => <GrantWords grants={row.grants} /> },
                {
                  key: 'used',
                  title: t('Used'),
                  wide: true,
                  cell: (row) => <Away at={row.usedat} empty={t('never')} />,
                },
                { key: 'expires', title: t('Expires'), cell: (row) => <At at={row.expiresat} empty={t('never')} /> },
                {
                  key: 'act',
                  title: '',
                  right: true,
                  cell: (row) => (
                    <Button variant="subtle" color="red" onClick={() => void revoke(row)}>
                      {t('Revoke')}
                    </Button>
                  ),
                },
              ]}
            />
          );
        }}
      </Answer>
      {making && <TokenDialog close={() => setMaking(false)} />}
    </Card>
  );
}

function TokenDialog({ close }: { close: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const { me } = useSession();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [grants, setGrants] = useState<Grant[]>(me.grants.slice(0, 1));
  const [made, setMade] = useState<NewToken | null>(null);
  const [error, setError] = useState<unknown>(null);
  const runtimes = useLive(['runtimes'], ['runtimes'], (signal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const expiresat = days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
      setMade(await request<NewToken>('POST', '/api/v1/tokens', { json: { name, grants, expiresat } }));
      setError(null);
      await client.invalidateQueries({ queryKey: ['tokens'] });
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Modal opened onClose={close} size="lg" title={t('New token')}>
      {made ? (
        <Stack gap="sm">
          <Text size="sm">{t('This is its value. It is shown this once: keep it where secrets are kept.')}</Text>
          <Group gap="xs" wrap="nowrap">
            <code style={{ flex: 1 }}>{made.value}</code>
            <CopyButton value={made.value}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? t('Copied') : t('Copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Group justify="flex-end">
            <Button onClick={close}>{t('I have kept it')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="sm">
            {error !== null && <Trouble error={error} />}
            <TextInput
              label={t('Name')}
              description={t('What it is for')}
              required
              withAsterisk={false}
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label={t('Expires')}
              allowDeselect={false}
              data={[
                { value: '7', label: t('in 7 days') },
                { value: '90', label: t('in 90 days') },
                { value: '365', label: t('in a year') },
                { value: '', label: t('never') },
              ]}
              value={days}
              onChange={(value) => setDays(value ?? '')}
            />
            <GrantsField grants={grants} runtimes={(runtimes.data ?? []).map((each) => each.name)} change={setGrants} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('Cancel')}
              </Button>
              <Button type="submit">{t('Make it')}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
