import { useNavigate } from '@tanstack/react-router';
import type { RunView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { runLook } from '@/lib/states';
import { duration, stamp } from '@/lib/time';

const HEIGHT = 120;
const WIDTH = 1000;
const MOST = 100;

interface Props {
  runs: readonly RunView[];
  usual: { p10ms: number; p50ms: number; p90ms: number } | null;
}

/** A bar per run, oldest first, over the range that eight of ten runs keep to. */
export function Durations({ runs, usual }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const shown = runs
    .filter((run) => run.durationms !== null)
    .slice(0, MOST)
    .reverse();
  if (shown.length === 0) return <p className="dim">{t('None of its runs has ended yet.')}</p>;
  const most = Math.max(1, usual?.p90ms ?? 0, ...shown.map((run) => run.durationms ?? 0));
  const y = (ms: number) => HEIGHT - (HEIGHT * ms) / most;
  const step = WIDTH / Math.max(20, shown.length);
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('Durations of the last {count} runs', { count: shown.length })}
      >
        {usual && (
          <>
            <rect
              x={0}
              width={WIDTH}
              y={y(usual.p90ms)}
              height={Math.max(1, y(usual.p10ms) - y(usual.p90ms))}
              fill="var(--accent)"
              opacity={0.12}
            />
            <line
              x1={0}
              x2={WIDTH}
              y1={y(usual.p50ms)}
              y2={y(usual.p50ms)}
              stroke="var(--accent)"
              strokeDasharray="6 4"
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
        {shown.map((run, index) => {
          const look = runLook(run.state);
          const height = Math.max(2, HEIGHT - y(run.durationms ?? 0));
          return (
            <g
              key={run.runid}
              className={`tone-${look.tone}`}
              style={{ cursor: 'pointer' }}
              onClick={() => void navigate({ to: `/runs/${run.runid}` })}
            >
              <title>{`${t(look.word)} · ${run.startedat ? stamp(run.startedat) : ''} · ${duration(run.durationms ?? 0)}`}</title>
              <rect
                className="chart-mark"
                x={index * step + step * 0.15}
                width={step * 0.7}
                y={HEIGHT - height}
                height={height}
              />
            </g>
          );
        })}
      </svg>
      <div className="legend">
        <span className="dim num">{t('longest shown: {time}', { time: duration(most) })}</span>
        {usual && (
          <span className="dim num">
            {t('usually {low} to {high}, half of them under {middle}', {
              low: duration(usual.p10ms),
              high: duration(usual.p90ms),
              middle: duration(usual.p50ms),
            })}
          </span>
        )}
      </div>
    </>
  );
}
