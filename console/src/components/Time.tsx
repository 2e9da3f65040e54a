import { Tooltip } from '@mantine/core';
import { useT } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { relative, shortStamp, stamp, viewerZone } from '@/lib/time';

/** A time in the viewer's zone; the tooltip has it in full. */
export function At({ at, empty = '–' }: { at: string | null | undefined; empty?: string }) {
  const now = useNow();
  if (!at) return <span className="dim">{empty}</span>;
  return (
    <Tooltip label={`${stamp(at)} ${viewerZone()}`} openDelay={300}>
      <time dateTime={at} className="num">
        {shortStamp(at, now)}
      </time>
    </Tooltip>
  );
}

/** How long ago, or in how long; it counts. */
export function Away({ at, empty = '–' }: { at: string | null | undefined; empty?: string }) {
  const t = useT();
  const now = useNow();
  if (!at) return <span className="dim">{empty}</span>;
  return (
    <Tooltip label={`${stamp(at)} ${viewerZone()}`} openDelay={300}>
      <time dateTime={at} className="num">
        {relative(t, new Date(at).getTime(), now)}
      </time>
    </Tooltip>
  );
}
