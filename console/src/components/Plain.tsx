import { useEffect, useRef, type MouseEvent } from 'react';
import { Icon, type IconName } from './Icon';

// What stands in every row of a long table is the browser's own: fifty rows of richer controls take half a second.

interface TickProps {
  label: string;
  checked: boolean;
  mixed?: boolean;
  turn: (on: boolean) => void;
}

/** A box to tick. */
export function Tick({ label, checked, mixed = false, turn }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <input
      ref={box}
      type="checkbox"
      className="tick"
      aria-label={label}
      checked={checked}
      onChange={(event) => turn(event.currentTarget.checked)}
    />
  );
}

interface ToggleProps {
  label: string;
  checked: boolean;
  disabled?: boolean;
  turn: (on: boolean) => void;
}

/** A switch. */
export function Toggle({ label, checked, disabled, turn }: ToggleProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className="toggle"
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={(event) => turn(event.currentTarget.checked)}
    />
  );
}

interface PressProps {
  label: string;
  icon: IconName;
  tone?: 'bad' | 'quiet';
  /** Whether it opens a menu. */
  menu?: boolean;
  press: (event: MouseEvent<HTMLButtonElement>) => void;
}

/** A button that shows an icon and says its name when it is pointed at. */
export function Press({ label, icon, tone, menu, press }: PressProps) {
  return (
    <button
      type="button"
      className="press"
      data-tone={tone}
      title={label}
      aria-label={label}
      aria-haspopup={menu ? 'menu' : undefined}
      onClick={press}
    >
      <Icon name={icon} size={14} />
    </button>
  );
}
