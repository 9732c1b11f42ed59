import { uuidv7 } from '../../../src/platform/database';
import { openApiDocument } from '../../../src/platform/http';
import type { TestApp } from '../../support/test-app';

/** The part of a JSON schema that bounds one value. */
export interface FieldSchema {
  readonly $ref?: string;
  readonly allOf?: readonly FieldSchema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly additionalProperties?: unknown;
  readonly nullable?: boolean;
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: FieldSchema;
}

export interface Field {
  readonly pointer: string;
  readonly schema: FieldSchema;
}

export interface Operation {
  /** `post /api/disputes`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly grants: readonly string[];
  readonly withoutEffect: boolean;
  readonly parameters: readonly Parameter[];
  /** Schema of a JSON body, resolved; null without one. */
  readonly body: FieldSchema | null;
  /** Fields of a multipart body, the file not among them; null without one. */
  readonly form: FieldSchema | null;
}

type Components = Readonly<Record<string, FieldSchema>>;

/** Every operation of the OpenAPI description, as the application itself gives it. */
export function operationsOf(t: TestApp): Operation[] {
  const document = openApiDocument(t.app);
  const components = (document.components?.schemas ?? {}) as unknown as Components;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, RawOperation>).map(([method, raw]) => ({
      name: `${method} ${path}`,
      method: method.toUpperCase(),
      path,
      grants: raw['x-granted-to'] ?? [],
      withoutEffect: raw['x-without-effect'] === true,
      parameters: raw.parameters ?? [],
      body: contentSchema(raw, 'application/json', components),
      form: contentSchema(raw, 'multipart/form-data', components),
    })),
  );
}

interface RawOperation {
  readonly 'x-granted-to'?: readonly string[];
  readonly 'x-without-effect'?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: FieldSchema }>> };
}

function contentSchema(raw: RawOperation, type: string, components: Components): FieldSchema | null {
  const schema = raw.requestBody?.content?.[type]?.schema;
  return schema === undefined ? null : resolved(schema, components);
}

/** The schema with every reference replaced by what it names. */
function resolved(schema: FieldSchema, components: Components): FieldSchema {
  const { $ref, allOf, items, properties, ...own } = schema;
  const parts = [...($ref === undefined ? [] : [componentOf($ref, components)]), ...(allOf ?? [])];
  const merged = parts.map((part) => resolved(part, components));
  const inherited = merged.map((part) => Object.entries(part.properties ?? {})).flat();
  const ownProperties = Object.entries(properties ?? {}).map(([name, p]) => [name, resolved(p, components)] as const);
  return {
    ...merged.reduce<FieldSchema>((all, part) => ({ ...all, ...part }), {}),
    ...own,
    required: [...merged, own].flatMap((part) => part.required ?? []),
    ...(items === undefined ? {} : { items: resolved(items, components) }),
    properties: Object.fromEntries([...inherited, ...ownProperties]),
  };
}

function componentOf(reference: string, components: Components): FieldSchema {
  const found = components[reference.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`The OpenAPI description refers to ${reference}, which it does not hold`);
  return found;
}

/** Every place of the body that takes a value, nested ones included. */
export function fieldsOf(schema: FieldSchema, pointer = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const here = { pointer: `${pointer}/${name}`, schema: property };
    if (property.type === 'array' && property.items !== undefined) {
      const item = { pointer: `${here.pointer}/0`, schema: property.items };
      return [here, item, ...fieldsOf(property.items, item.pointer)];
    }
    return [here, ...fieldsOf(property, here.pointer)];
  });
}

/** A valid value of the schema, from its examples; undefined when one is lacking. */
export function exampleOf(schema: FieldSchema, requiredOnly: boolean): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.type === 'array' && schema.items !== undefined) {
    const item = exampleOf(schema.items, requiredOnly);
    return item === undefined ? undefined : [item];
  }
  if (Object.keys(schema.properties ?? {}).length === 0) return schema.type === 'object' ? {} : undefined;
  return exampleObject(schema, requiredOnly);
}

function exampleObject(schema: FieldSchema, requiredOnly: boolean): Record<string, unknown> {
  const given = Object.entries(schema.properties ?? {}).filter(
    ([name]) => !requiredOnly || (schema.required ?? []).includes(name),
  );
  return Object.fromEntries(
    given
      .map(([name, property]) => [name, exampleOf(property, requiredOnly)] as const)
      .filter(([, v]) => v !== undefined),
  );
}

/** Places of requests that lack an example (or a nested schema whose parts have them). */
export function fieldsWithoutExample(schema: FieldSchema): string[] {
  return fieldsOf(schema)
    .filter(
      (f) => !f.pointer.endsWith('/0') && f.schema.format !== 'binary' && exampleOf(f.schema, false) === undefined,
    )
    .map((f) => f.pointer);
}

/** The body with the value at the pointer replaced by raw JSON text; the objects and lists above it are made if absent. */
export function bodyWith(body: unknown, pointer: string, json: string): string {
  const marker = `@@${uuidv7()}@@`;
  const copy = structuredClone(body) as Record<string, unknown>;
  const steps = pointer.split('/').slice(1);
  let at: Record<string, unknown> = copy;
  for (const [i, step] of steps.entries()) {
    if (i === steps.length - 1) at[step] = marker;
    else at = (at[step] ??= steps[i + 1] === '0' ? [] : {}) as Record<string, unknown>;
  }
  return JSON.stringify(copy).replace(`"${marker}"`, () => json);
}
