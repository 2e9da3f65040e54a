import { Anchor, Badge, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable } from '@/components/DataTable';
import { Answer } from '@/components/Feedback';
import { Find } from '@/components/Find';
import { Card, Page } from '@/components/Page';
import { send } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useAddress } from '@/lib/search';
import { read, type Field, type Reference, type Route } from './description';

const SOURCE = '/api/v1/openapi.yaml';

/** The REST API, to read: made from the description that the server serves. */
export default function ReferencePage() {
  const t = useT();
  const [search, change] = useAddress();
  const asked = useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => read(await (await send('GET', SOURCE, { signal })).text()),
    staleTime: Infinity,
  });
  const text = (search.text ?? '').toLowerCase();
  return (
    <Page
      title={t('REST API')}
      lead={
        <>
          {t('For programs: the same that this console uses.')} <Code>{`Authorization: Bearer TOKEN`}</Code>
        </>
      }
      actions={
        <Find label={t('Find a route')} text={search.text} find={(text) => change({ text }, { replace: true })} />
      }
    >
      <Answer of={asked}>{(reference) => <Chapters reference={reference} text={text} />}</Answer>
    </Page>
  );
}

function Chapters({ reference, text }: { reference: Reference; text: string }) {
  const t = useT();
  const fits = (route: Route) => `${route.method} ${route.path} ${route.summary}`.toLowerCase().includes(text);
  return (
    <>
      <Text size="sm" mb="sm">
        {reference.words}
      </Text>
      {reference.chapters
        .map((chapter) => ({ ...chapter, routes: chapter.routes.filter(fits) }))
        .filter((chapter) => chapter.routes.length > 0)
        .map((chapter) => (
          <Card key={chapter.name} title={chapter.words || chapter.name}>
            {chapter.routes.map((route) => (
              <Operation key={`${route.method} ${route.path}`} route={route} />
            ))}
          </Card>
        ))}
      {text === '' && (
        <Card title={t('Records')}>
          {reference.records.map((record) => (
            <details key={record.name} id={record.name}>
              <summary>
                <b>{record.name}</b> {record.words}
              </summary>
              <FieldTable label={record.name} fields={record.fields} />
            </details>
          ))}
        </Card>
      )}
    </>
  );
}

function Operation({ route }: { route: Route }) {
  const t = useT();
  return (
    <details>
      <summary>
        <Badge variant="outline" radius="sm" w={76}>
          {route.method}
        </Badge>{' '}
        <Code>{route.path}</Code> {route.summary}
      </summary>
      {route.parameters.length > 0 && <FieldTable label={t('Parameters')} fields={route.parameters} />}
      {route.takes !== '' && (
        <p>
          {t('Takes')} <Named type={route.takes} />
        </p>
      )}
      <p>
        {t('Gives')} <Named type={route.gives} />
      </p>
    </details>
  );
}

function FieldTable({ label, fields }: { label: string; fields: readonly (Field & { place?: string })[] }) {
  const t = useT();
  return (
    <DataTable
      label={label}
      rows={[...fields]}
      rowKey={(field) => field.name}
      columns={[
        { key: 'name', title: t('Name'), cell: (field) => <Code>{field.name}</Code> },
        { key: 'type', title: t('Type'), cell: (field) => <Named type={field.type} /> },
        {
          key: 'must',
          title: t('Where'),
          cell: (field) => [field.place, field.required ? t('required') : ''].filter(Boolean).join(', '),
        },
        { key: 'words', title: t('Detail'), cell: (field) => field.words },
      ]}
    />
  );
}

/** A type; records lead to where they are told. */
function Named({ type }: { type: string }) {
  return type.split(/([A-Z][A-Za-z]+)/).map((part, at) =>
    at % 2 === 1 && !/^[A-Z]+$/.test(part) ? (
      <Anchor key={at} href={`#${part}`} onClick={() => document.getElementById(part)?.setAttribute('open', '')}>
        {part}
      </Anchor>
    ) : (
      <span key={at}>{part}</span>
    ),
  );
}
