import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useT, type Say } from '@/lib/i18n';
import { inWords } from '@/lib/refusals';
import { Icon, type IconName } from './Icon';

/** What went wrong, and what to do about it. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT();
  const { title, detail, errors } = inWords(t, error);
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={title} role="alert" variant="light">
      <Stack gap="xs" align="flex-start">
        {detail !== '' && <Text size="sm">{detail}</Text>}
        {errors.length > 0 && (
          <ul className="plain-list">
            {errors.map((each) => (
              <li key={each.path + each.message}>
                {each.path !== '' && <code>{each.path}</code>} {each.message}
                {each.line > 0 && ` (${t('line {line}, column {column}', { line: each.line, column: each.column })})`}
              </li>
            ))}
          </ul>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('Try again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Nothing here: why, and what to do. */
export function Empty(props: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={props.icon} size={22} />
      </span>
      <Text fw={600}>{props.title}</Text>
      {props.children && (
        <Text size="sm" c="dimmed" maw={460} ta="center" component="div">
          {props.children}
        </Text>
      )}
      {props.action}
    </div>
  );
}

/** Stands where rows will be. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap="xs" aria-busy="true" p="sm">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={18} radius="sm" width={`${92 - ((row * 13) % 30)}%`} />
      ))}
    </Stack>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What was asked for, or that it is on its way, or what went wrong. */
export function Answer<T>({ of, rows, children }: { of: Asked<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) {
    return (
      <>
        {of.error ? <Trouble error={of.error} retry={() => void of.refetch()} /> : null}
        {children(of.data)}
      </>
    );
  }
  return of.error ? <Trouble error={of.error} retry={() => void of.refetch()} /> : <Waiting rows={rows} />;
}

export function tell(message: string): void {
  notifications.show({ message, color: 'teal', icon: <Icon name="check" size={14} /> });
}

export function tellTrouble(t: Say, error: unknown): void {
  const { title, detail, errors } = inWords(t, error);
  const more = [detail, ...errors.map((each) => `${each.path} ${each.message}`)].filter(Boolean);
  notifications.show({
    title,
    message: more.join(' · '),
    color: 'red',
    icon: <Icon name="warning" size={14} />,
    autoClose: 10_000,
  });
}
