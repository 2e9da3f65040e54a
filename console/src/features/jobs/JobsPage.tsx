import { Button, Pagination } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Answer, Empty } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { Icon } from '@/components/Icon';
import { Card, Page } from '@/components/Page';
import type { JobPage } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress, type Search } from '@/lib/search';
import { useMay } from '@/lib/session';
import { JOB_LOOKS, type JobState } from '@/lib/states';
import { jobs, PAGE_SIZE } from './api';
import { BulkBar } from './BulkBar';
import { JobTable } from './JobTable';
import { JobTree, PlacePick } from './JobTree';

const STATES: readonly JobState[] = ['running', 'failed', 'idle', 'created', 'unplaced', 'disabled'];

/** All jobs: found by runtime, group, state and text; acted on one by one or many at once. */
export default function JobsPage() {
  const t = useT();
  const may = useMay();
  const [search, change] = useAddress();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const offset = Number(search.offset ?? 0);
  const filter = { ...search, sort: search.sort ?? 'name' };
  const list = useLive(['jobs', filter], ['jobs', 'runs'], (signal) =>
    jobs({ ...filter, offset, limit: PAGE_SIZE }, signal),
  );
  const narrow = (more: Search, options?: { replace: boolean }) => {
    choose(new Set());
    change({ ...more, offset: undefined }, options);
  };
  const filtered = Boolean(search.text || search.state || search.runtime || search.owner);

  return (
    <Page
      title={t('Jobs')}
      lead={
        <Where
          runtime={search.runtime}
          group={search.group}
          clear={() => narrow({ runtime: undefined, group: undefined })}
        />
      }
      actions={
        may.edit() && (
          <Button component={Link} to="/jobs/new" leftSection={<Icon name="plus" size={14} />}>
            {t('New job')}
          </Button>
        )
      }
    >
      <div className="with-tree">
        <JobTree runtime={search.runtime} group={search.group} go={narrow} />
        <Card flush>
          <div className="filters">
            <Find
              label={t('Find by name or id')}
              text={search.text}
              width={220}
              find={(text) => narrow({ text }, { replace: true })}
            />
            <Find
              label={t('Made or changed by')}
              width={150}
              text={search.owner}
              find={(owner) => narrow({ owner }, { replace: true })}
            />
            <PlacePick runtime={search.runtime} group={search.group} go={narrow} />
            <StateChips
              state={search.state}
              counts={list.data?.counts}
              choose={(state) => narrow({ state: state === search.state ? undefined : state })}
            />
          </div>
          {chosen.size > 0 && <BulkBar refs={[...chosen]} done={() => choose(new Set())} />}
          <Answer of={list} rows={10}>
            {(page) =>
              page.items.length === 0 ? (
                <NoJobs
                  filtered={filtered}
                  clear={() =>
                    narrow({
                      text: undefined,
                      state: undefined,
                      owner: undefined,
                      runtime: undefined,
                      group: undefined,
                    })
                  }
                />
              ) : (
                <>
                  <JobTable
                    jobs={page.items}
                    sort={filter.sort}
                    onSort={(sort) => narrow({ sort })}
                    dim={list.isPlaceholderData}
                    selection={may.operate() ? { keys: chosen, set: choose } : undefined}
                  />
                  <Foot
                    page={page}
                    offset={offset}
                    go={(to) => change({ offset: to === 0 ? undefined : String(to) })}
                  />
                </>
              )
            }
          </Answer>
        </Card>
      </div>
    </Page>
  );
}

function Where({ runtime, group, clear }: { runtime?: string; group?: string; clear: () => void }) {
  const t = useT();
  if (!runtime) return <>{t('Everything that is to run, and how it is doing')}</>;
  return (
    <>
      {runtime}
      {group && ` / ${group}`}
      <button type="button" className="chip" onClick={clear}>
        {t('Show all')}
      </button>
    </>
  );
}

function StateChips(props: { state?: string; counts?: JobPage['counts']; choose: (state: string) => void }) {
  const t = useT();
  return (
    <div className="chips" role="group" aria-label={t('State')}>
      {STATES.map((state) => (
        <button
          key={state}
          type="button"
          className="chip"
          aria-pressed={props.state === state}
          onClick={() => props.choose(state)}
        >
          {t(JOB_LOOKS[state].word)}
          {props.counts?.[state] !== undefined && <b>{props.counts[state].toLocaleString()}</b>}
        </button>
      ))}
    </div>
  );
}

function Foot({ page, offset, go }: { page: JobPage; offset: number; go: (offset: number) => void }) {
  const t = useT();
  const { total } = page;
  return (
    <div className="table-foot">
      <span className="num">
        {t('{from}–{to} of {total}', {
          from: offset + 1,
          to: offset + page.items.length,
          total: total.toLocaleString(),
        })}
      </span>
      {total > PAGE_SIZE && (
        <Pagination
          size="sm"
          total={Math.ceil(total / PAGE_SIZE)}
          value={Math.floor(offset / PAGE_SIZE) + 1}
          onChange={(number) => go((number - 1) * PAGE_SIZE)}
          getControlProps={(control) => ({ 'aria-label': control === 'next' ? t('Next page') : t('Previous page') })}
        />
      )}
    </div>
  );
}

function NoJobs({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const t = useT();
  const may = useMay();
  if (filtered) {
    return (
      <Empty
        icon="filter"
        title={t('No job fits')}
        action={
          <Button variant="default" onClick={clear}>
            {t('Show all')}
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon="jobs"
      title={t('No jobs yet')}
      action={
        may.edit() && (
          <Button component={Link} to="/jobs/new">
            {t('New job')}
          </Button>
        )
      }
    >
      {t('Make one here, or apply a job file:')} <code>./cloudtask apply examples/hello.yaml</code>
    </Empty>
  );
}
