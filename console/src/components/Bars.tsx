import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { duration, stamp } from '@/lib/time';
import { useT } from '@/lib/i18n';
import { runLook } from '@/lib/states';
import type { Bucket, LastRun } from '@/lib/api/types';

const STEP = 5;

/** The last runs of a job, oldest first: height is duration, colour is result, a notch marks what went wrong. */
export function LastRuns({ runs }: { runs: readonly LastRun[] | undefined }) {
  const t = useT();
  if (!runs || runs.length === 0) return <span className="dim">–</span>;
  const longest = Math.max(1, ...runs.map((run) => run.durationms ?? 0));
  const words = runs.map((run) => t(runLook(run.state).word)).join(', ');
  return (
    <svg
      className="last-runs"
      width={20 * STEP}
      height={22}
      role="img"
      aria-label={t('Last runs, oldest first: {runs}', { runs: words })}
    >
      {runs.slice(-20).map((run, index) => {
        const look = runLook(run.state);
        const height = 5 + 13 * Math.sqrt((run.durationms ?? 0) / longest);
        return (
          <g key={run.runid} className={`tone-${look.tone}`}>
            <title>
              {t(look.word)} {run.at ? stamp(run.at) : ''} {run.durationms === null ? '' : duration(run.durationms)}
            </title>
            <rect x={index * STEP} y={19 - height} width={STEP - 1.5} height={height} rx={1} />
            {look.tone === 'bad' && <rect x={index * STEP} y={20} width={STEP - 1.5} height={2} />}
          </g>
        );
      })}
    </svg>
  );
}

const LAYERS: { name: keyof Omit<Bucket, 'from' | 'to'>; word: string }[] = [
  { name: 'succeeded', word: 'Succeeded' },
  { name: 'stopped', word: 'Stopped' },
  { name: 'skipped', word: 'Skipped' },
  { name: 'missed', word: 'Missed' },
  { name: 'lost', word: 'Lost' },
  { name: 'timedout', word: 'Timed out' },
  { name: 'failed', word: 'Failed' },
];

const total = (bucket: Bucket) => LAYERS.reduce((sum, layer) => sum + bucket[layer.name], 0);

/** Runs over time, stacked by result; each bar leads to its runs. */
export function Histogram({ buckets, height = 130 }: { buckets: readonly Bucket[]; height?: number }) {
  const t = useT();
  const most = Math.max(1, ...buckets.map(total));
  const present = LAYERS.filter((layer) => buckets.some((bucket) => bucket[layer.name] > 0));
  return (
    <div>
      <div className="histogram" style={{ height }}>
        {buckets.map((bucket) => (
          <Tooltip
            key={bucket.from}
            multiline
            label={
              <>
                {stamp(bucket.from, false)} – {stamp(bucket.to, false).slice(11)}
                {LAYERS.filter((layer) => bucket[layer.name] > 0).map((layer) => (
                  <div key={layer.name}>
                    {t(layer.word)}: {bucket[layer.name]}
                  </div>
                ))}
              </>
            }
          >
            <Link
              to="/runs"
              search={{ from: bucket.from, to: bucket.to } as never}
              className="histogram-bar"
              aria-label={t('{count} runs from {from}', { count: total(bucket), from: stamp(bucket.from, false) })}
            >
              {LAYERS.map((layer) =>
                bucket[layer.name] > 0 ? (
                  <span
                    key={layer.name}
                    className={`layer-${layer.name}`}
                    style={{ height: `${Math.max(1.5, (100 * bucket[layer.name]) / most)}%` }}
                  />
                ) : null,
              )}
            </Link>
          </Tooltip>
        ))}
      </div>
      <div className="legend">
        {buckets[0] && <span className="num dim">{stamp(buckets[0].from, false).slice(5)}</span>}
        <span className="legend-items">
          {present.map((layer) => (
            <span key={layer.name}>
              <i className={`layer-${layer.name}`} />
              {t(layer.word)} {buckets.reduce((sum, bucket) => sum + bucket[layer.name], 0).toLocaleString()}
            </span>
          ))}
        </span>
        <span className="num dim">{t('now')}</span>
      </div>
    </div>
  );
}
