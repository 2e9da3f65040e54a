import {
  Button,
  Checkbox,
  Group,
  Input,
  Modal,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import type { RuleChange, RuleView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { fieldRefusal } from '@/lib/refusals';
import { useLive } from '@/lib/live';
import { KINDS, remove, runtimes, save } from './api';

const first = (rule: RuleView | null, jobid?: string): RuleChange => ({
  name: rule?.name ?? '',
  runtime: rule?.runtime || null,
  group: rule?.group || null,
  jobid: rule?.jobid || jobid || null,
  kinds: rule?.kinds ?? ['failed', 'recovered', 'missed', 'unplaced'],
  channel: rule?.channel ?? 'mail',
  targets: rule?.targets ?? [],
  template: rule?.template || null,
  enabled: rule?.enabled ?? true,
});

interface Props {
  rule: RuleView | null;
  /** The job that a new rule is about. */
  jobid?: string;
  close: () => void;
}

/** Makes a rule, changes one, or removes one. */
export function RuleDialog({ rule, jobid, close }: Props) {
  const t = useT();
  const client = useQueryClient();
  const [form, setForm] = useState<RuleChange>(first(rule, jobid));
  const [secret, setSecret] = useState('');
  const [error, setError] = useState<unknown>(null);
  const places = useLive(['runtimes'], ['runtimes'], runtimes);
  const set = (more: Partial<RuleChange>) => setForm((before) => ({ ...before, ...more }));
  const field = (name: string) => fieldRefusal(t, error, name);
  const mail = form.channel === 'mail';
  const attempt = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      tell(done);
      close();
      await client.invalidateQueries({ queryKey: ['rules'] });
    } catch (refused) {
      setError(refused);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const json: RuleChange = {
      ...form,
      template: mail ? null : (form.template ?? 'json'),
      ...(secret === '' ? {} : { secret }),
    };
    void attempt(() => save(rule?.ruleid ?? null, json), t('{name} is saved', { name: form.name }));
  };
  return (
    <Modal opened onClose={close} size="lg" title={rule ? t('Change {name}', { name: rule.name }) : t('New rule')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error !== null && <Trouble error={error} />}
          <TextInput
            label={t('Name')}
            required
            withAsterisk={false}
            data-autofocus
            value={form.name}
            error={field('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <div className="row">
            <Select
              label={t('Runtime')}
              placeholder={t('any')}
              clearable
              data={(places.data ?? []).map((each) => each.name)}
              value={form.runtime ?? null}
              error={field('runtime')}
              onChange={(runtime) => set({ runtime, group: null })}
            />
            <TextInput
              label={t('Group')}
              placeholder={t('any')}
              value={form.group ?? ''}
              error={field('group')}
              onChange={(event) => set({ group: event.currentTarget.value || null })}
            />
            <TextInput
              label={t('Job')}
              placeholder={t('any, or an id')}
              value={form.jobid ?? ''}
              error={field('jobid')}
              onChange={(event) => set({ jobid: event.currentTarget.value || null })}
            />
          </div>
          <Checkbox.Group
            label={t('When')}
            value={form.kinds}
            error={field('kinds')}
            onChange={(kinds) => set({ kinds })}
          >
            <div className="row" style={{ marginTop: 4 }}>
              {Object.entries(KINDS).map(([value, words]) => (
                <Checkbox key={value} size="xs" value={value} label={t(words)} />
              ))}
            </div>
          </Checkbox.Group>
          <div>
            <Input.Label>{t('By')}</Input.Label>
            <div>
              <SegmentedControl
                size="xs"
                value={form.channel}
                onChange={(channel) => set({ channel, targets: [] })}
                data={[
                  { value: 'mail', label: t('mail') },
                  { value: 'webhook', label: t('webhook') },
                ]}
              />
            </div>
          </div>
          {mail ? (
            <TagsInput
              label={t('Addresses')}
              placeholder="ann@example.org"
              value={form.targets}
              error={field('targets')}
              onChange={(targets) => set({ targets })}
            />
          ) : (
            <>
              <TextInput
                label={t('Address')}
                placeholder="https://…"
                value={form.targets[0] ?? ''}
                error={field('targets')}
                onChange={(event) => set({ targets: event.currentTarget.value ? [event.currentTarget.value] : [] })}
              />
              <div className="row">
                <Select
                  label={t('Form')}
                  allowDeselect={false}
                  data={[
                    { value: 'json', label: t('JSON with everything') },
                    { value: 'slack', label: t('a text, for chats') },
                  ]}
                  value={form.template ?? 'json'}
                  error={field('template')}
                  onChange={(template) => set({ template })}
                />
                <PasswordInput
                  label={t('Secret that signs it')}
                  placeholder={rule?.signed ? t('stays as it is') : t('none')}
                  autoComplete="off"
                  value={secret}
                  error={field('secret')}
                  onChange={(event) => setSecret(event.currentTarget.value)}
                />
              </div>
            </>
          )}
          <Switch
            label={t('Active')}
            checked={form.enabled ?? true}
            onChange={(event) => set({ enabled: event.currentTarget.checked })}
          />
          <Group justify="space-between">
            {rule ? (
              <Button
                variant="subtle"
                color="red"
                onClick={() => void attempt(() => remove(rule.ruleid), t('{name} was removed', { name: rule.name }))}
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
