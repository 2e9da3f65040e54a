import { Select } from '@mantine/core';
import { Card } from '@/components/Page';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { tree } from './api';

interface Props {
  runtime?: string;
  group?: string;
  go: (where: { runtime?: string; group?: string }) => void;
}

/** Runtimes and their groups, with how many jobs they have and how many of those fail. */
export function JobTree({ runtime, group, go }: Props) {
  const t = useT();
  const asked = useLive(['tree'], ['jobs'], tree);
  const all = asked.data ?? [];
  const total = all.reduce((sum, each) => sum + each.jobs, 0);
  return (
    <Card flush>
      <nav className="tree" aria-label={t('Runtimes and groups')}>
        <Item
          label={t('All')}
          jobs={total}
          failing={0}
          here={runtime === undefined}
          go={() => go({ runtime: undefined, group: undefined })}
        />
        {all.map((each) => (
          <div key={each.runtime}>
            <Item
              label={each.runtime}
              jobs={each.jobs}
              failing={each.failing}
              here={runtime === each.runtime && group === undefined}
              go={() => go({ runtime: each.runtime, group: undefined })}
            />
            {each.groups.map((own) => (
              <Item
                key={own.name}
                inner
                label={own.name}
                jobs={own.jobs}
                failing={own.failing}
                here={runtime === each.runtime && group === own.name}
                go={() => go({ runtime: each.runtime, group: own.name })}
              />
            ))}
          </div>
        ))}
      </nav>
    </Card>
  );
}

/** The same choice where there is no room for the tree. */
export function PlacePick({ runtime, group, go }: Props) {
  const t = useT();
  const asked = useLive(['tree'], ['jobs'], tree);
  const all = (asked.data ?? []).map((each) => ({
    group: each.runtime,
    items: [
      { value: JSON.stringify({ runtime: each.runtime }), label: each.runtime },
      ...each.groups.map((own) => ({
        value: JSON.stringify({ runtime: each.runtime, group: own.name }),
        label: `${each.runtime} / ${own.name}`,
      })),
    ],
  }));
  return (
    <Select
      className="narrow"
      size="xs"
      w={220}
      clearable
      aria-label={t('Runtime and group')}
      placeholder={t('Runtime and group')}
      data={all}
      value={runtime === undefined ? null : JSON.stringify({ runtime, group })}
      onChange={(value) =>
        go(value === null ? { runtime: undefined, group: undefined } : { group: undefined, ...JSON.parse(value) })
      }
    />
  );
}

function Item(props: { label: string; jobs: number; failing: number; here: boolean; inner?: boolean; go: () => void }) {
  const t = useT();
  return (
    <button
      type="button"
      className={`tree-item${props.inner ? ' tree-group' : ''}`}
      aria-current={props.here}
      onClick={props.go}
    >
      <span>{props.label}</span>
      <span className="sub">
        {props.failing > 0 && (
          <span style={{ color: 'var(--bad)' }} title={t('{count} failing', { count: props.failing })}>
            ✕{props.failing}{' '}
          </span>
        )}
        {props.jobs.toLocaleString()}
      </span>
    </button>
  );
}
