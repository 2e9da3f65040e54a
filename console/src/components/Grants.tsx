import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core';
import type { Grant, Role } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { Icon } from './Icon';

const ROLES: readonly Role[] = ['viewer', 'operator', 'owner', 'admin'];
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'Viewer: sees',
  operator: 'Operator: starts and stops too',
  owner: 'Owner: changes jobs too',
  admin: 'Administrator: everything',
};

export function GrantWords({ grants }: { grants: readonly Grant[] }) {
  const t = useT();
  if (grants.length === 0) return <span className="dim">{t('no rights')}</span>;
  return (
    <>
      {grants.map((grant) => (
        <div key={JSON.stringify(grant)}>
          <b>{t(grant.role)}</b>{' '}
          <span className="sub">
            {grant.runtime === null
              ? t('of everything')
              : `${grant.runtime}${grant.group === null ? '' : ` / ${grant.group}`}`}
          </span>
        </div>
      ))}
    </>
  );
}

interface Props {
  grants: Grant[];
  runtimes: readonly string[];
  change: (grants: Grant[]) => void;
  error?: string;
}

/** What somebody may do, and where. */
export function GrantsField({ grants, runtimes, change, error }: Props) {
  const t = useT();
  const set = (index: number, more: Partial<Grant>) =>
    change(grants.map((each, at) => (at === index ? { ...each, ...more } : each)));
  return (
    <div className="fields">
      {grants.map((grant, index) => (
        <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
          <Select
            size="xs"
            label={t('Role')}
            allowDeselect={false}
            data={ROLES.map((value) => ({ value, label: t(ROLE_WORDS[value]) }))}
            value={grant.role}
            onChange={(value) => set(index, { role: (value ?? 'viewer') as Role })}
          />
          <Select
            size="xs"
            label={t('Runtime')}
            placeholder={t('any')}
            clearable
            data={[...runtimes]}
            value={grant.runtime}
            onChange={(runtime) => set(index, { runtime, group: null })}
          />
          <TextInput
            size="xs"
            label={t('Group')}
            placeholder={t('any')}
            disabled={grant.runtime === null}
            value={grant.group ?? ''}
            onChange={(event) => set(index, { group: event.currentTarget.value || null })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('Take this right away')}
            onClick={() => change(grants.filter((_, at) => at !== index))}
          >
            <Icon name="trash" size={14} />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => change([...grants, { role: 'viewer', runtime: runtimes[0] ?? null, group: null }])}
        >
          {t('Add a right')}
        </Button>
      </div>
      {error && <div className="field-error">{error}</div>}
    </div>
  );
}
