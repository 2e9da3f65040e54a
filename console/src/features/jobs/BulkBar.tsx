import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tell, Trouble } from '@/components/Feedback';
import { get } from '@/lib/api/client';
import type { BulkResult, PackageView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { refusal } from '@/lib/refusals';
import { useLive } from '@/lib/live';
import { useMay } from '@/lib/session';
import { bulk, type BulkAction } from './api';

/** What can be done with the chosen jobs; every one is tried, and who refuses is named. */
export function BulkBar({ refs, done }: { refs: string[]; done: () => void }) {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'package' | 'delete' | null>(null);
  const [refused, setRefused] = useState<BulkResult[]>([]);
  const [error, setError] = useState<unknown>(null);

  const act = async (action: BulkAction, packageName?: string) => {
    setDialog(null);
    setError(null);
    try {
      const results = await bulk(action, refs, packageName);
      const bad = results.filter((result) => !result.ok);
      setRefused(bad);
      if (bad.length === 0) {
        tell(t('Done for {count} jobs', { count: refs.length }));
        done();
      }
      await client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (failure) {
      setError(failure);
    }
  };
  const button = (action: BulkAction, label: string) => (
    <Button variant="default" onClick={() => void act(action)}>
      {label}
    </Button>
  );
  return (
    <div className="bulk" role="region" aria-label={t('Chosen jobs')}>
      <b className="num">{t('{count} chosen', { count: refs.length })}</b>
      {button('start', t('Run now'))}
      {button('stop', t('Stop'))}
      {may.edit() && (
        <>
          {button('enable', t('Enable'))}
          {button('disable', t('Disable'))}
          <Button variant="default" onClick={() => setDialog('package')}>
            {t('Set package …')}
          </Button>
          <Button variant="default" c="red" onClick={() => setDialog('delete')}>
            {t('Delete …')}
          </Button>
        </>
      )}
      <Button variant="subtle" onClick={done}>
        {t('Choose none')}
      </Button>
      {error !== null && <Trouble error={error} />}
      {refused.length > 0 && (
        <ul className="plain-list" role="alert">
          {refused.map((result) => (
            <li key={result.job}>
              <b>{result.name ?? result.job}</b>: {refusal(t, result.error ?? '')}
            </li>
          ))}
        </ul>
      )}
      {dialog === 'package' && (
        <PackageDialog count={refs.length} close={() => setDialog(null)} set={(name) => void act('package', name)} />
      )}
      {dialog === 'delete' && (
        <Modal opened onClose={() => setDialog(null)} title={t('Delete {count} jobs?', { count: refs.length })}>
          <Text size="sm" mb="md">
            {t('Nothing of them is due any more. Their runs stay in the history.')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setDialog(null)} data-autofocus>
              {t('Cancel')}
            </Button>
            <Button color="red" onClick={() => void act('delete')}>
              {t('Delete')}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}

function PackageDialog(props: { count: number; close: () => void; set: (name: string) => void }) {
  const t = useT();
  const [name, setName] = useState<string | null>(null);
  const packages = useLive(['packages'], ['packages'], (signal) => get<PackageView[]>('/api/v1/packages', {}, signal));
  return (
    <Modal opened onClose={props.close} title={t('One package for {count} jobs', { count: props.count })}>
      <Stack gap="sm">
        <Select
          label={t('Package')}
          searchable
          data={(packages.data ?? []).map((each) => each.name)}
          nothingFoundMessage={t('Upload it on the page Packages first')}
          value={name}
          onChange={setName}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.close}>
            {t('Cancel')}
          </Button>
          <Button disabled={name === null} onClick={() => name !== null && props.set(name)}>
            {t('Set package')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
