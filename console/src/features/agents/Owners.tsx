import { MultiSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { DataTable } from '@/components/DataTable';
import { Answer, tell, tellTrouble } from '@/components/Feedback';
import { get } from '@/lib/api/client';
import type { OwnersView, User } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useMay } from '@/lib/session';
import { owners, putOwners } from './api';

/** Who owns a runtime and its groups; an administrator changes it here. */
export function Owners({ runtime }: { runtime: string }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const asked = useLive(['owners', runtime], ['jobs', 'audit'], (signal) => owners(runtime, signal));
  const users = useLive(['users'], ['audit'], (signal) => get<User[]>('/api/v1/users', {}, signal), {
    enabled: may.administer,
  });
  const save = async (of: OwnersView) => {
    try {
      client.setQueryData(['owners', runtime], await putOwners(runtime, of));
      tell(t('{name} is saved', { name: of.group ?? runtime }));
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <Answer of={asked}>
      {(all) => (
        <DataTable
          label={t('Owners')}
          rows={all}
          rowKey={(row) => row.group ?? ''}
          columns={[
            { key: 'group', title: t('Group'), cell: (row) => row.group ?? t('the whole runtime') },
            {
              key: 'owners',
              title: t('Owners'),
              cell: (row) =>
                may.administer ? (
                  <MultiSelect
                    size="xs"
                    searchable
                    aria-label={t('Owners of {name}', { name: row.group ?? runtime })}
                    data={(users.data ?? []).map((user) => user.name)}
                    value={row.owners}
                    onChange={(names) => void save({ group: row.group ?? null, owners: names })}
                  />
                ) : (
                  row.owners.join(', ') || t('nobody')
                ),
            },
          ]}
        />
      )}
    </Answer>
  );
}
