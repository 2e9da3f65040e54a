import { useT } from '@/lib/i18n';
import { told } from '@/lib/told';

/** Why something is as it is, on one line that may be cut; the whole shows when it is pointed at. */
export function Reason({ of, most }: { of: string; most?: number }) {
  const t = useT();
  if (of === '') return null;
  const words = told(t, of);
  return (
    <span className="sub clip" title={words} style={{ maxWidth: most }}>
      {words}
    </span>
  );
}
