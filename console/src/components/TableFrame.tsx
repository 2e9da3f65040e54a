import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Holds a table that may be wider than the screen; then it can be moved with the keyboard too. */
export function TableFrame(props: { label: string; dim?: boolean; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    sizes.observe(element);
    if (element.firstElementChild) sizes.observe(element.firstElementChild);
    return () => sizes.disconnect();
  }, []);
  const reachable = wide ? { tabIndex: 0, role: 'region', 'aria-label': props.label } : {};
  return (
    <div ref={frame} className="table-frame" data-dim={props.dim || undefined} {...reachable}>
      {props.children}
    </div>
  );
}
