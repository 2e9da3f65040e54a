import { ActionIcon, Button, Group, SegmentedControl, Textarea, TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/Icon';
import { useT } from '@/lib/i18n';
import { envOf, envText, type Variable } from './draft';

interface Props {
  env: Variable[];
  /** The variables of the job as the server has it, with their secrets. */
  held: Variable[];
  change: (env: Variable[]) => void;
  error?: string;
}

/** The environment, as a table or as text to paste into. */
export function EnvField({ env, held, change, error }: Props) {
  const t = useT();
  const [form, setForm] = useState<'table' | 'text'>('table');
  const [before, setBefore] = useState(env);
  const [text, setText] = useState('');
  const lines = env.some((each) => each.value?.includes('\n'));
  return (
    <>
      <SegmentedControl
        size="xs"
        w={150}
        value={form}
        onChange={(value) => {
          setBefore(env);
          setText(envText(env));
          setForm(value as 'table' | 'text');
        }}
        data={[
          { value: 'table', label: t('Table') },
          // A value of several lines has no place in it.
          { value: 'text', label: t('Text'), disabled: lines },
        ]}
      />
      {form === 'text' ? (
        <Textarea
          aria-label={t('Environment, NAME=value per line')}
          description={t('(secret) stands for a secret that is kept.')}
          placeholder="NAME=value"
          autosize
          minRows={3}
          maxRows={14}
          className="mono"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            change(envOf(event.currentTarget.value, before));
          }}
        />
      ) : (
        <>
          {env.map((each, index) => (
            <Row
              key={index}
              variable={each}
              held={held.some((other) => other.secret && other.name === each.name)}
              set={(more) => change(env.map((other, at) => (at === index ? { ...other, ...more } : other)))}
              remove={() => change(env.filter((_, at) => at !== index))}
            />
          ))}
          <div>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={12} />}
              onClick={() => change([...env, { name: '', value: '', secret: false }])}
            >
              {t('Add a variable')}
            </Button>
          </div>
        </>
      )}
      {error && <div className="field-error">{error}</div>}
    </>
  );
}

interface RowProps {
  variable: Variable;
  /** Whether the server has a secret of that name. */
  held: boolean;
  set: (more: Partial<Variable>) => void;
  remove: () => void;
}

function Row({ variable: { name, value, secret }, held, set, remove }: RowProps) {
  const t = useT();
  const kept = secret && held && value === null;
  const lock = secret ? t('Show the value of {name} to all', { name }) : t('Keep {name} secret', { name });
  // Nobody gets a secret back: without the lock there is no value until one is typed.
  const turn = () => set({ secret: !secret, value: !secret && held && !value ? null : (value ?? '') });
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <TextInput
        size="xs"
        className="mono"
        aria-label={t('Name')}
        placeholder="NAME"
        value={name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {kept ? (
        <div className="held">
          <span className="clip">{t('a secret is set')}</span>
          <Button size="compact-xs" variant="default" onClick={() => set({ value: '' })}>
            {t('Replace')}
          </Button>
        </div>
      ) : (
        <Textarea
          size="xs"
          className={secret ? 'mono veiled' : 'mono'}
          autosize
          minRows={1}
          maxRows={8}
          autoComplete="off"
          spellCheck={false}
          placeholder={secret ? t('written once, never shown again') : undefined}
          aria-label={t('Value of {name}', { name })}
          style={{ flex: 1, minWidth: 0 }}
          value={value ?? ''}
          onChange={(event) => set({ value: event.currentTarget.value })}
        />
      )}
      {secret && held && !kept && (
        <Button size="compact-xs" mt={4} variant="subtle" onClick={() => set({ value: null })}>
          {t('Keep the old one')}
        </Button>
      )}
      <Tooltip label={lock} openDelay={300}>
        <ActionIcon
          mt={2}
          variant={secret ? 'light' : 'subtle'}
          color={secret ? undefined : 'gray'}
          aria-label={t('Secret: {name}', { name })}
          aria-pressed={secret}
          onClick={turn}
        >
          <Icon name={secret ? 'lock' : 'unlock'} size={14} />
        </ActionIcon>
      </Tooltip>
      <ActionIcon mt={2} variant="subtle" color="red" aria-label={t('Remove {name}', { name })} onClick={remove}>
        <Icon name="trash" size={14} />
      </ActionIcon>
    </Group>
  );
}
