import { ActionIcon, Button, Group, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/Icon';
import { useT } from '@/lib/i18n';
import { envOf, envText, type Draft } from './draft';

interface Props {
  env: Draft['env'];
  change: (env: Draft['env']) => void;
  error?: string;
}

/** The environment, as a table or as text to paste into. */
export function EnvField({ env, change, error }: Props) {
  const t = useT();
  const [form, setForm] = useState<'table' | 'text'>('table');
  const [text, setText] = useState('');
  const set = (index: number, more: Partial<Draft['env'][number]>) =>
    change(env.map((each, at) => (at === index ? { ...each, ...more } : each)));
  return (
    <>
      <SegmentedControl
        size="xs"
        w={150}
        value={form}
        onChange={(value) => {
          setText(envText(env));
          setForm(value as 'table' | 'text');
        }}
        data={[
          { value: 'table', label: t('Table') },
          { value: 'text', label: t('Text') },
        ]}
      />
      {form === 'text' ? (
        <Textarea
          aria-label={t('Environment, NAME=value per line')}
          placeholder="NAME=value"
          autosize
          minRows={3}
          maxRows={14}
          className="mono"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            change(envOf(event.currentTarget.value));
          }}
        />
      ) : (
        <>
          {env.map((each, index) => (
            <Group key={index} gap="xs" wrap="nowrap">
              <TextInput
                size="xs"
                className="mono"
                aria-label={t('Name')}
                placeholder="NAME"
                value={each.name}
                onChange={(event) => set(index, { name: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                className="mono"
                aria-label={t('Value of {name}', { name: each.name })}
                style={{ flex: 1 }}
                value={each.value}
                onChange={(event) => set(index, { value: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('Remove {name}', { name: each.name })}
                onClick={() => change(env.filter((_, at) => at !== index))}
              >
                <Icon name="trash" size={14} />
              </ActionIcon>
            </Group>
          ))}
          <div>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={12} />}
              onClick={() => change([...env, { name: '', value: '' }])}
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
