import { parse } from 'yaml';

/** What a schema says of a value, for a person. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Content };
  responses?: Record<string, { $ref?: string; description?: string; content?: Content }>;
}

interface Description {
  info: { description?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation | Parameter[]>>;
  components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  words: string;
}

export interface Route {
  method: string;
  path: string;
  summary: string;
  parameters: (Field & { place: string })[];
  takes: string;
  gives: string;
}

export interface Reference {
  words: string;
  chapters: { name: string; words: string; routes: Route[] }[];
  records: { name: string; words: string; fields: Field[] }[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const last = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);

/** The type of a value in few words: `text`, `JobView[]`, `ok | failed`. */
export function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) return last(schema.$ref);
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  const either = schema.oneOf ?? schema.anyOf;
  if (either !== undefined) return either.map(typeOf).join(' | ');
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'object'];
  return types
    .map((type) => {
      if (type === 'array') return `${typeOf(schema.items)}[]`;
      return type === 'string' ? (schema.format ?? 'string') : type;
    })
    .join(' | ');
}

const fields = (schema: Schema): Field[] =>
  Object.entries(schema.properties ?? {}).map(([name, value]) => ({
    name,
    type: typeOf(value),
    required: schema.required?.includes(name) ?? false,
    words: value.description ?? '',
  }));

const content = (of: Content | undefined) =>
  Object.entries(of ?? {})
    .map(([media, { schema }]) => (media === 'application/json' ? typeOf(schema) : `${typeOf(schema)} (${media})`))
    .join(' or ');

/** Reads the text of `openapi.yaml`. */
export function read(text: string): Reference {
  const all = parse(text) as Description;
  const named = (parameter: Parameter): Parameter =>
    parameter.$ref === undefined ? parameter : (all.components?.parameters?.[last(parameter.$ref)] ?? parameter);
  const routes = Object.entries(all.paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method] as Operation | undefined;
      if (operation === undefined) return [];
      const shared = (operations.parameters ?? []) as Parameter[];
      const route: Route = {
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? operation.description ?? '',
        parameters: [...shared, ...(operation.parameters ?? [])].map(named).map((each) => ({
          name: each.name,
          place: each.in,
          type: typeOf(each.schema),
          required: each.required ?? false,
          words: each.description ?? '',
        })),
        takes: content(operation.requestBody?.content),
        gives: Object.entries(operation.responses ?? {})
          .filter(([status]) => status !== 'default')
          .map(([status, answer]) => [status, content(answer.content)].filter(Boolean).join(' '))
          .join(', '),
      };
      return [{ tag: operation.tags?.[0] ?? '', route }];
    }),
  );
  return {
    words: all.info.description ?? '',
    chapters: (all.tags ?? []).map((tag) => ({
      name: tag.name,
      words: tag.description ?? '',
      routes: routes.filter((each) => each.tag === tag.name).map((each) => each.route),
    })),
    records: Object.entries(all.components?.schemas ?? {})
      .map(([name, schema]) => ({ name, words: schema.description ?? '', fields: fields(schema) }))
      .sort((one, other) => one.name.localeCompare(other.name)),
  };
}
