import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Icon } from './Icon';

// Long enough that a word is typed without a question for each letter.
const PAUSE_MS = 150;

interface Props {
  label: string;
  /** What the address says. */
  text: string | undefined;
  width?: number;
  /** Told what is looked for; nothing when the field is empty. */
  find: (text: string | undefined) => void;
  /** Looks only when Enter is pressed: for what has to be whole. */
  whole?: boolean;
}

/** A field to look for something; the address says what, so that going back finds what was looked for before. */
export function Find({ label, text = '', width = 180, find, whole = false }: Props) {
  const [typed, type] = useState(text);
  // What the address will say because of this field; anything else in it came from elsewhere, and is shown.
  const told = useRef(text);
  const tell = (next: string) => {
    told.current = next;
    find(next || undefined);
  };
  const later = useDebouncedCallback(tell, PAUSE_MS);
  useEffect(() => {
    if (text === told.current) return;
    told.current = text;
    type(text);
  }, [text]);
  return (
    <TextInput
      size="xs"
      w={width}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={13} />}
      value={typed}
      onChange={(event) => {
        const next = event.currentTarget.value;
        type(next);
        if (!whole) later(next);
        else if (next === '') tell(next);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (whole && event.key === 'Enter') tell(typed.trim());
      }}
    />
  );
}
