import { Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Icon } from '@/components/Icon';
import type { JobItem } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useMay } from '@/lib/session';

/** What more can be done with a job, and where the button is that was pressed for it. */
export interface Opened {
  job: JobItem;
  at: DOMRect;
}

interface Props {
  opened: Opened;
  close: () => void;
  ask: (dialog: 'clone' | 'remove', job: JobItem) => void;
}

/** One menu for all rows, at the button that was pressed. */
export function RowMenu({ opened: { job, at }, close, ask }: Props) {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const { runtime, group } = job.definition;
  return (
    <Menu opened onClose={close} position="bottom-end" withinPortal>
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
