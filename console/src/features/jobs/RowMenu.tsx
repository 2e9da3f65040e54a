import { Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Icon } from '@/components/Icon';
import type { JobItem } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useMay } from '@/lib/session';

/** A job, and the button that was pressed to see what more can be done with it. */
export interface Opened {
  job: JobItem;
  button: HTMLElement;
}

interface Props {
  opened: Opened;
  close: () => void;
  ask: (dialog: 'clone' | 'remove', job: JobItem) => void;
}

/** One menu for all rows, at the button that was pressed. */
export function RowMenu({ opened: { job, button }, close, ask }: Props) {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const { runtime, group } = job.definition;
  const [at] = useState(() => button.getBoundingClientRect());
  const shut = () => {
    close();
    button.focus();
  };
  return (
    <Menu opened onClose={shut} position="bottom-end" withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.left, top: at.top, width: at.width, height: at.height }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={`/runs?job=${job.jobid}`} leftSection={<Icon name="runs" size={14} />}>
          {t('Runs')}
        </Menu.Item>
        {may.edit(runtime, group) && (
          <>
            <Menu.Item
              leftSection={<Icon name="edit" size={14} />}
              onClick={() => void navigate({ to: `/jobs/${job.jobid}/edit` })}
            >
              {t('Edit')}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="copy" size={14} />} onClick={() => ask('clone', job)}>
              {t('Clone')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<Icon name="trash" size={14} />} onClick={() => ask('remove', job)}>
              {t('Delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
