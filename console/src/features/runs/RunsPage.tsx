import { Button, Select, TextInput } from '@mantine/core';
import { Histogram } from '@/components/Bars';
import { Answer, Empty } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { Card, Page } from '@/components/Page';
import { RunTable, TRIGGERS } from '@/components/RunTable';
import { get } from '@/lib/api/client';
import type { AgentView, Bucket, RunPage, RuntimeView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useNow } from '@/lib/now';
import { useAddress, type Search } from '@/lib/search';
import { RUN_LOOKS } from '@/lib/states';
import { fromLocal, toLocal } from './local';

const LIMIT = 50;
const DAY_MS = 86_400_000;

type Narrow = (more: Search, options?: { replace: boolean }) => void;

/** The history over all jobs. */
export default function RunsPage() {
  const t = useT();
  const [search, change] = useAddress();
  const narrow: Narrow = (more, options) => change({ ...more, after: undefined }, options);
  const list = useLive(['runs', search], ['runs'], (signal) =>
    get<RunPage>('/api/v1/runs', { ...search, limit: LIMIT }, signal),
  );
  return (
    <Page title={t('Runs')} lead={t('What ran, when, where, and how it ended')}>
      <Card title={search.from ? t('Runs in this time') : t('The last 24 hours')}>
        <When from={search.from} to={search.to} />
      </Card>
      <Card flush>
        <Filters search={search} narrow={narrow} />
        <Answer of={list} rows={10}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty icon="runs" title={t('No run fits')}>
                {t('Take a filter away, or start a job: its run is here at once.')}
              </Empty>
            ) : (
              <>
                <RunTable runs={page.items} dim={list.isPlaceholderData} />
                <div className="table-foot">
                  <Button
                    variant="default"
                    disabled={search.after === undefined}
                    onClick={() => change({ after: undefined })}
                  >
                    {t('Newest')}
                  </Button>
                  <Button
                    variant="default"
                    disabled={page.next === null}
                    onClick={() => change({ after: page.next ?? undefined })}
                  >
                    {t('Older')}
                  </Button>
                </div>
              </>
            )
          }
        </Answer>
      </Card>
    </Page>
  );
}

function When({ from, to }: { from?: string; to?: string }) {
  // Whole minutes, so that the question stays the same while the page stands; this one too, or a new user sees nothing.
  const minute = Math.ceil(useNow() / 60_000) * 60_000;
  const end = to ?? new Date(minute).toISOString();
  const begin = from ?? new Date(new Date(end).getTime() - DAY_MS).toISOString();
  const asked = useLive(['histogram', from ?? '', to ?? ''], ['runs'], (signal) =>
    get<Bucket[]>('/api/v1/runs/histogram', { from: begin, to: end, buckets: 48 }, signal),
  );
  return (
    <Answer of={asked} rows={3}>
      {(buckets) => <Histogram buckets={buckets} height={84} />}
    </Answer>
  );
}

interface FilterProps {
  search: Search;
  narrow: Narrow;
}

function Filters({ search, narrow }: FilterProps) {
  const t = useT();
  const runtimes = useLive(['runtimes'], ['runtimes'], (signal) => get<RuntimeView[]>('/api/v1/runtimes', {}, signal));
  const agents = useLive(['agents'], ['agents'], (signal) => get<AgentView[]>('/api/v1/agents', {}, signal));
  const states = Object.entries(RUN_LOOKS).map(([value, look]) => ({ value, label: t(look.word) }));
  const pick = (name: string, label: string, data: { value: string; label: string }[], width = 140) => (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      placeholder={label}
      clearable
      searchable={data.length > 10}
      data={data}
      value={search[name] ?? null}
      onChange={(value) => narrow({ [name]: value ?? undefined })}
    />
  );
  const time = (name: 'from' | 'to', label: string) => (
    <TextInput
      size="xs"
      type="datetime-local"
      aria-label={label}
      title={label}
      value={toLocal(search[name])}
      onChange={(event) => narrow({ [name]: fromLocal(event.currentTarget.value) }, { replace: true })}
    />
  );
  return (
    <div className="filters">
      <Find whole label={t('Job, by name or id')} text={search.job} find={(job) => narrow({ job })} />
      {pick('state', t('Result'), states, 130)}
      {pick(
        'trigger',
        t('Cause'),
        Object.entries(TRIGGERS).map(([value, label]) => ({ value, label: t(label) })),
        120,
      )}
      {pick(
        'runtime',
        t('Runtime'),
        (runtimes.data ?? []).map(({ name }) => ({ value: name, label: name })),
      )}
      {pick(
        'agent',
        t('Host'),
        (agents.data ?? []).map(({ key, hostname }) => ({ value: key, label: hostname })),
      )}
      {time('from', t('From'))}
      {time('to', t('To'))}
      {Object.values(search).some(Boolean) && (
        <Button
          variant="subtle"
          onClick={() =>
            narrow({
              state: undefined,
              trigger: undefined,
              runtime: undefined,
              agent: undefined,
              from: undefined,
              to: undefined,
              job: undefined,
              group: undefined,
            })
          }
        >
          {t('Clear')}
        </Button>
      )}
    </div>
  );
}
