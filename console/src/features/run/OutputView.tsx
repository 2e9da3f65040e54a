import { ActionIcon, Button, Group, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { Trouble } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { ansiLines, type Piece } from '@/lib/ansi';
import { useT } from '@/lib/i18n';
import { beginning, droppedIn, ending, find, reachesEnd, textOf } from '@/lib/output';
import { bytes } from '@/lib/time';
import { PART_BYTES, readThrough, type Stream } from './api';
import { useOutput } from './useOutput';

interface Props {
  runid: string;
  over: boolean;
  sizes: Partial<Record<Stream, number>>;
  stream: Stream;
  choose: (stream: Stream) => void;
  /** What is looked for in it, and marked. */
  wanted: string;
  look: (wanted: string) => void;
}

const BLOCK_LINES = 100;

/** What a run writes, as it writes it. Only a stretch of it is in the browser, however long it is. */
export function OutputView({ runid, over, sizes, stream, choose, wanted, look }: Props) {
  const t = useT();
  const size = sizes[stream] ?? null;
  const [follow, setFollow] = useState(!over);
  const [wrap, setWrap] = useState(true);
  const reading = useOutput(runid, stream, over ? size : null, follow || !over);
  const frame = useRef<HTMLDivElement>(null);
  const tall = useRef(0);
  const { stretch } = reading;
  const blocks = useBlocks(textOf(stretch));
  const begin = beginning(stretch);

  // A reader at the end stays there; one who reads on upwards keeps the place.
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    if (follow) box.scrollTop = box.scrollHeight;
    tall.current = box.scrollHeight;
  }, [blocks, follow, wrap]);
  useEffect(() => {
    const box = frame.current;
    if (box && over) box.scrollTop = box.scrollHeight;
  }, [over, stream]);

  const scrolled = () => {
    const box = frame.current;
    if (box === null) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    if (!over && !atEnd && follow) setFollow(false);
    if (box.scrollTop < 40 && begin > 0) {
      const before = box.scrollHeight;
      void reading.earlier().then(() => requestAnimationFrame(() => (box.scrollTop += box.scrollHeight - before)));
    } else if (atEnd && over && !reachesEnd(stretch)) {
      void reading.later();
    }
  };
  const toStart = async () => {
    setFollow(false);
    await reading.jump(0);
    frame.current?.scrollTo({ top: 0 });
  };
  const toEnd = async () => {
    if (over && size !== null && !reachesEnd(stretch)) await reading.jump(size - PART_BYTES);
    if (!over) setFollow(true);
    requestAnimationFrame(() => frame.current?.scrollTo({ top: frame.current.scrollHeight }));
  };

  return (
    <>
      <div className="output-bar">
        <SegmentedControl
          size="xs"
          value={stream}
          onChange={(value) => choose(value as Stream)}
          data={(['stdout', 'stderr'] as const).map((name) => ({
            value: name,
            label: sizes[name] === undefined ? name : `${name} · ${bytes(sizes[name])}`,
          }))}
        />
        {!over && (
          <Button variant={follow ? 'filled' : 'default'} onClick={() => (follow ? setFollow(false) : void toEnd())}>
            {follow ? t('Pause') : t('Follow')}
          </Button>
        )}
        <Group gap={4}>
          <Tool icon="up" label={t('To the beginning')} act={() => void toStart()} />
          <Tool icon="down" label={t('To the end')} act={() => void toEnd()} />
          <Tool icon="wrap" label={wrap ? t('Do not wrap lines') : t('Wrap lines')} act={() => setWrap(!wrap)} />
          <Download runid={runid} stream={stream} />
        </Group>
        <Search
          key={stream}
          runid={runid}
          stream={stream}
          wanted={wanted}
          mark={look}
          show={async (at) => {
            setFollow(false);
            await reading.jump(at - 2000);
            requestAnimationFrame(() => frame.current?.querySelector('mark')?.scrollIntoView({ block: 'center' }));
          }}
        />
      </div>
      {reading.error !== null && <Trouble error={reading.error} retry={() => void reading.later()} />}
      <div
        ref={frame}
        className="output"
        data-wrap={wrap || undefined}
        onScroll={scrolled}
        tabIndex={0}
        role="log"
        aria-label={t('Output on {stream}', { stream })}
        aria-live="off"
      >
        {begin > 0 && (
          <div className="output-note">{t('{size} before this; scroll up to read them', { size: bytes(begin) })}</div>
        )}
        {droppedIn(stretch) > 0 && (
          <div className="output-note">
            {t('{size} in the middle were dropped: the output was longer than its limit', {
              size: bytes(droppedIn(stretch)),
            })}
          </div>
        )}
        <pre>
          {blocks.map((block, index) => (
            <Block key={index} block={block} wanted={wanted} />
          ))}
        </pre>
        {ending(stretch) === 0 && (
          <div className="output-note">{over ? t('It wrote nothing here.') : t('Nothing yet …')}</div>
        )}
        {over && !reachesEnd(stretch) && ending(stretch) > 0 && (
          <div className="output-note">{t('More follows; scroll down')}</div>
        )}
      </div>
    </>
  );
}

function Tool(props: { icon: 'up' | 'down' | 'wrap'; label: string; act: () => void }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon variant="default" aria-label={props.label} onClick={props.act}>
        <Icon name={props.icon} size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

interface Lines {
  source: string;
  lines: Piece[][];
}

/** The lines in blocks, so that only those that changed are drawn again. */
function useBlocks(text: string): Lines[] {
  return useMemo(() => {
    if (text === '') return [];
    const sources = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
    const lines = ansiLines(sources.join('\n'));
    const blocks: Lines[] = [];
    for (let at = 0; at < lines.length; at += BLOCK_LINES) {
      const own = lines.slice(at, at + BLOCK_LINES);
      blocks.push({ source: `${own[0]?.[0]?.style}\n${sources.slice(at, at + BLOCK_LINES).join('\n')}`, lines: own });
    }
    return blocks;
  }, [text]);
}

const Block = memo(
  function Block({ block, wanted }: { block: Lines; wanted: string }) {
    return (
      <div style={{ contentVisibility: 'auto', containIntrinsicSize: `auto ${block.lines.length * 19}px` }}>
        {block.lines.map((pieces, line) => (
          <div key={line} className="output-line">
            {pieces.map((piece, index) => (
              <span key={index} className={piece.style || undefined}>
                <Marked text={piece.text} wanted={wanted} />
              </span>
            ))}
          </div>
        ))}
      </div>
    );
  },
  (before, after) => before.block.source === after.block.source && before.wanted === after.wanted,
);

function Marked({ text, wanted }: { text: string; wanted: string }) {
  if (wanted === '') return text;
  const parts: React.ReactNode[] = [];
  const haystack = text.toLowerCase();
  const needle = wanted.toLowerCase();
  let from = 0;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>);
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}

interface SearchProps {
  runid: string;
  stream: Stream;
  wanted: string;
  mark: (text: string) => void;
  show: (at: number) => Promise<void>;
}

/** Looks through the whole stream, part by part, without keeping it. */
function Search({ runid, stream, wanted, mark, show }: SearchProps) {
  const t = useT();
  const [text, setText] = useState(wanted);
  const [state, setState] = useState('');
  const last = useRef(-1);

  const next = async (event: FormEvent) => {
    event.preventDefault();
    if (text === '') return;
    mark(text);
    setState(t('searching …'));
    let found = -1;
    let rest = new Uint8Array(0);
    let at = last.current + 1;
    await readThrough({ runid, stream }, at, (part) => {
      // A match may lie across two parts.
      const both = new Uint8Array(rest.length + part.data.length);
      both.set(rest);
      both.set(part.data, rest.length);
      const hit = find(both, text);
      if (hit >= 0) {
        found = part.from - rest.length + hit;
        return false;
      }
      rest = both.slice(Math.max(0, both.length - new TextEncoder().encode(text).length + 1));
      at = part.next;
      setState(t('searched {size}', { size: bytes(at) }));
      return true;
    });
    last.current = found;
    setState(found < 0 ? t('not found after this') : t('at {size}', { size: bytes(found) }));
    if (found >= 0) await show(found);
  };
  return (
    <form onSubmit={(event) => void next(event)} style={{ marginLeft: 'auto' }}>
      <Group gap={6}>
        <span className="dim" role="status">
          {state}
        </span>
        <TextInput
          size="xs"
          w={170}
          type="search"
          aria-label={t('Search in the output')}
          placeholder={t('Search in the output')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            last.current = -1;
            setState('');
            if (event.currentTarget.value === '') mark('');
          }}
        />
        <Button type="submit" variant="default">
          {t('Next')}
        </Button>
      </Group>
    </form>
  );
}

/** Saves the whole stream; its parts go to the browser's store of files, not into the page. */
function Download({ runid, stream }: { runid: string; stream: Stream }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const parts: BlobPart[] = [];
      await readThrough({ runid, stream }, 0, (part) => {
        parts.push(new Blob([part.data as Uint8Array<ArrayBuffer>]));
        return true;
      });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }));
      link.download = `${runid}.${stream}.txt`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Tooltip label={t('Download')}>
      <ActionIcon variant="default" aria-label={t('Download')} loading={busy} onClick={() => void save()}>
        <Icon name="download" size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
