import { Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** The frame of every page: its name, what can be done on it, what it shows. */
export function Page(props: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${props.title} · Cloudtask`;
  }, [props.title]);
  return (
    <div className="page">
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm" wrap="wrap">
        <div className="page-head">
          <Title order={1} size="h3">
            {props.title}
          </Title>
          {props.lead && <div className="page-lead">{props.lead}</div>}
        </div>
        {props.actions && <Group gap="xs">{props.actions}</Group>}
      </Group>
      {props.children}
    </div>
  );
}

/** A part of a page under its own heading. */
export function Card(props: { title?: ReactNode; actions?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className="card" data-flush={props.flush || undefined}>
      {(props.title !== undefined || props.actions !== undefined) && (
        <header className="card-head">
          <h2>{props.title}</h2>
          {props.actions && <Group gap="xs">{props.actions}</Group>}
        </header>
      )}
      <div className="card-body">{props.children}</div>
    </section>
  );
}

/** Names and values, in columns as there is room. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
