import { Autocomplete, Input, NumberInput, Select, Switch, TagsInput, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Suspense, lazy, type ReactNode } from 'react';
import { Waiting } from '@/components/Feedback';
import { PackageDrop } from '@/components/PackageDrop';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { viewerZone } from '@/lib/time';
import { groups, packages, preview, runtimes } from './api';
import type { Draft, Variable } from './draft';
import { EnvField } from './EnvField';
import { SchedulesField } from './SchedulesField';
import { Times } from './Times';

const CodeEditor = lazy(() => import('./CodeEditor'));

interface PartProps {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
  error: (path: string) => string | undefined;
}

function Section({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <section className="section">
      <div>
        <h2>{title}</h2>
        <p>{words}</p>
      </div>
      <div className="fields">{children}</div>
    </section>
  );
}

export function What({ draft, set, error, held }: PartProps & { held: Variable[] }) {
  const t = useT();
  const places = useLive(['runtimes'], ['runtimes'], runtimes);
  const known = useLive(['groups', draft.runtime], ['jobs'], (signal) => groups(draft.runtime, signal), {
    enabled: draft.runtime !== '',
  });
  const files = useLive(['packages'], ['packages'], packages);
  return (
    <Section title={t('What')} words={t('A shell script, run by sh in a directory of its own.')}>
      <div className="row">
        <TextInput
          label={t('Name')}
          required
          withAsterisk={false}
          data-autofocus
          value={draft.name}
          error={error('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('Runtime')}
          allowDeselect={false}
          data={(places.data ?? []).map((each) => each.name)}
          value={draft.runtime}
          error={error('runtime')}
          onChange={(value) => set({ runtime: value ?? '' })}
        />
        <Autocomplete
          label={t('Group')}
          data={known.data ?? []}
          value={draft.group}
          error={error('group')}
          onChange={(group) => set({ group })}
        />
      </div>
      <Textarea
        label={t('Description')}
        autosize
        minRows={1}
        maxRows={5}
        value={draft.description}
        error={error('description')}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <div>
        <Input.Label>{t('Command')}</Input.Label>
        <Suspense fallback={<Waiting rows={3} />}>
          <CodeEditor label={t('Command')} value={draft.command} onChange={(command) => set({ command })} />
        </Suspense>
        {error('command') && <div className="field-error">{error('command')}</div>}
      </div>
      <Select
        label={t('Package')}
        description={t('Unpacked into the working directory before each run.')}
        placeholder={t('none')}
        clearable
        searchable
        data={[...new Set([...(files.data ?? []).map((each) => each.name), ...(draft.package ? [draft.package] : [])])]}
        value={draft.package || null}
        error={error('package')}
        onChange={(value) => set({ package: value ?? '' })}
      />
      <PackageDrop done={(name) => set({ package: name })} />
      <div>
        <Input.Label>{t('Environment')}</Input.Label>
        <div className="fields">
          <EnvField env={draft.env} held={held} change={(env) => set({ env })} error={error('env')} />
        </div>
      </div>
    </Section>
  );
}

export function When({ draft, set, error }: PartProps) {
  const t = useT();
  return (
    <Section title={t('When')} words={t('Any number of schedules. What is due at the same instant is one run.')}>
      <SchedulesField schedules={draft.schedules} change={(schedules) => set({ schedules })} error={error} />
      <TimeZone draft={draft} set={set} error={error} />
      <Preview draft={draft} />
    </Section>
  );
}

function TimeZone({ draft, set, error }: PartProps) {
  const t = useT();
  const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return (
    <Autocomplete
      label={t('Time zone')}
      description={t('Empty: that of the host that runs it. Yours is {zone}.', { zone: viewerZone() })}
      data={['UTC', ...zones]}
      limit={12}
      value={draft.timezone}
      error={error('timezone')}
      onChange={(timezone) => set({ timezone })}
    />
  );
}

function Preview({ draft }: { draft: Draft }) {
  const [asked] = useDebouncedValue(draft, 400);
  const answer = useLive(['preview', asked.schedules, asked.timezone], [], () => preview(asked, 10), {
    enabled: asked.schedules.length > 0,
  });
  return asked.schedules.length > 0 ? <Times answer={answer} schedules={asked.schedules} /> : null;
}

export function Where({ draft, set, error }: PartProps) {
  const t = useT();
  return (
    <Section title={t('Where')} words={t('Any host of the runtime, or only the ones named here.')}>
      <TagsInput
        label={t('Only on these hosts')}
        placeholder={draft.servers.length === 0 ? t('any host of the runtime') : ''}
        description={t('Host names or addresses.')}
        value={draft.servers}
        error={error('servers')}
        onChange={(servers) => set({ servers })}
      />
      <Switch
        label={t('Enabled')}
        description={t('While it is off nothing is due; it can still be started by hand.')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </Section>
  );
}

export function Rules({ draft, set, error }: PartProps) {
  const t = useT();
  const pick = <K extends 'overlap' | 'missed' | 'guarantee'>(
    field: K,
    label: string,
    words: Record<Draft[K], string>,
  ) => (
    <Select
      label={label}
      allowDeselect={false}
      data={Object.entries(words).map(([value, text]) => ({ value, label: String(text) }))}
      value={draft[field]}
      error={error(field)}
      onChange={(value) => value !== null && set({ [field]: value } as Partial<Draft>)}
    />
  );
  const seconds = (field: 'timeout' | 'startdeadline', label: string, words: string, most: number) => (
    <NumberInput
      label={label}
      description={words}
      suffix=" s"
      min={0}
      max={most}
      value={draft[field]}
      error={error(field)}
      onChange={(value) => set({ [field]: Number(value) || 0 })}
    />
  );
  return (
    <Section title={t('Rules')} words={t('What happens when things do not go as planned.')}>
      <div className="row">
        {seconds('timeout', t('Timeout'), t('The whole process tree is ended after it. 0: never.'), 172_800)}
        {seconds(
          'startdeadline',
          t('Start deadline'),
          t('Never started later than this after it was due. 0: no limit.'),
          31_536_000,
        )}
      </div>
      <div className="row">
        {pick('overlap', t('Due while it runs'), {
          skip: t('skip it'),
          queue: t('wait for its turn'),
          parallel: t('run beside it'),
          replace: t('stop the old one'),
        })}
        {pick('missed', t('Due while its host was down'), {
          skip: t('record it only'),
          last: t('run the newest'),
          all: t('run all, in order'),
        })}
        {pick('guarantee', t('Promise about starts'), {
          leased: t('at most once, by lease'),
          claimed: t('at most once, by claim'),
          atleastonce: t('at least once'),
        })}
      </div>
      <NumberInput
        label={t('When its agent is cut off, stop it after')}
        description={t('Seconds after the end of the lease. Empty: it goes on.')}
        suffix=" s"
        min={0}
        w={300}
        value={draft.ondisconnect ?? ''}
        error={error('ondisconnect')}
        onChange={(value) => set({ ondisconnect: value === '' ? null : Number(value) })}
      />
    </Section>
  );
}
