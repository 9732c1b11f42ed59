// Writes web/src/generated from the kept description of the interface (docs/openapi.json): the types of the client, the form
// of every act, and the names of enumerated values. Runs before each build of the web; the output is not committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OUT = join(root, 'web', 'src', 'generated');
const source = join(root, 'docs', 'openapi.json');
const document = JSON.parse(readFileSync(source, 'utf8'));
const schemas = document.components.schemas;

const refName = (ref) => ref.split('/').at(-1);
const resolved = (schema) => {
  const inner = schema.$ref ? schema : (schema.allOf?.[0] ?? schema);
  return inner.$ref ? { ...schemas[refName(inner.$ref)], ...withoutRef(schema) } : schema;
};
const withoutRef = (schema) =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !['$ref', 'allOf'].includes(key)));

/** What never lies in a draft: secrets, and numbers of identity papers. */
const PRIVATE = /password|^documentNumber$|^residentId$|^pkcs12$/i;

/** What a form needs to know of one field. */
function fieldOf(name, property, isRequired, depth = 0) {
  const schema = resolved(property);
  const item = schema.items ? resolved(schema.items) : undefined;
  const kind = kindOf(schema, item);
  const bounds =
    kind === 'whole' || kind === 'fen'
      ? { min: schema.minimum, max: schema.maximum }
      : schema.items
        ? { min: schema.minItems, max: schema.maxItems, maxEach: item?.maxLength }
        : { max: schema.maxLength };
  const nested = kind === 'list' ? item : kind === 'object' ? schema : undefined;
  return compact({
    name,
    kind,
    label: schema['x-label'] ?? (schema.description ?? name).split('：')[0],
    hint: schema['x-hint'],
    isRequired: isRequired || undefined,
    isPrivate: PRIVATE.test(name) || undefined,
    ...bounds,
    values: schema['x-labels'] ?? item?.['x-labels'],
    fields: nested && depth < 3 ? fieldsOf(nested, depth + 1) : undefined,
  });
}

function kindOf(schema, item) {
  if (schema.format === 'binary') return 'file';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer' || schema.type === 'number') return schema['x-unit'] === 'fen' ? 'fen' : 'whole';
  if (schema.type === 'array') {
    if (item?.enum ?? schema.enum) return 'many';
    if (item?.properties) return 'list';
    return item?.format === 'uuid' || /Ids$/.test(schema['x-name'] ?? '') ? 'ids' : 'texts';
  }
  if (schema.enum) return 'one';
  if (schema.format === 'uuid') return 'id';
  if (schema.format === 'date') return 'day';
  if (schema.format === 'date-time') return 'instant';
  if (schema.properties) return 'object';
  return schema['x-multiline'] ? 'multiline' : 'text';
}

function fieldsOf(schema, depth = 0) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, { ...property, 'x-name': name }, required.has(name), depth),
  );
}

/** The most that the file of a form may hold; it stands beside the fields of the form, if there are any. */
const maxBytesOf = (schema) =>
  [schema, ...(schema?.allOf ?? [])].map((part) => part?.properties?.file?.['x-max-bytes']).find((bytes) => bytes);

const compact = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const acts = {};
const fileLimits = {};
for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const act = operation['x-act'];
    if (act === undefined || method === 'get') continue;
    const content = operation.requestBody?.content ?? {};
    const type = Object.keys(content)[0];
    const schema = type === undefined ? undefined : resolved(content[type].schema);
    const maxBytes = maxBytesOf(content[type]?.schema);
    if (maxBytes !== undefined) fileLimits[path] = maxBytes;
    const ifMatch = (operation.parameters ?? []).some((p) => p.name === 'If-Match');
    const one = compact({
      method,
      path,
      label: operation.summary,
      description: operation.description,
      isMultipart: type === 'multipart/form-data' || undefined,
      needsVersion: ifMatch || undefined,
      fields: schema === undefined ? [] : fieldsOf(schema),
    });
    // An act with several routes keeps the first; the others are called by pages of their own.
    acts[act] ??= one;
  }
}

const names = new Map();
const labels = {};
for (const [schemaName, schema] of Object.entries(schemas)) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) keepLabels(`${schemaName}.${name}`, property);
}
for (const operation of Object.values(document.paths).flatMap((item) => Object.values(item))) {
  for (const parameter of operation.parameters ?? [])
    keepLabels(`${operation.operationId}.${parameter.name}`, parameter);
}

function keepLabels(key, described) {
  if (described['x-labels'] === undefined) return;
  const text = JSON.stringify(described['x-labels']);
  if (!names.has(text)) names.set(text, `n${names.size}`);
  labels[key] = names.get(text);
}

/** The client adds the key of a submission by itself; a page names one only to keep it over its own retries. */
function withFreeSubmissionKeys() {
  const copy = structuredClone(document);
  for (const operation of Object.values(copy.paths).flatMap((item) => Object.values(item))) {
    for (const parameter of operation.parameters ?? []) {
      if (parameter.name === 'Idempotency-Key') parameter.required = false;
    }
  }
  return copy;
}

export async function writeContract() {
  mkdirSync(OUT, { recursive: true });
  const tree = await openapiTS(withFreeSubmissionKeys(), { alphabetize: false });
  const head = '// Generated from docs/openapi.json by web/build/contract.mjs.\n';
  writeFileSync(join(OUT, 'schema.d.ts'), head + astToString(tree));
  writeFileSync(
    join(OUT, 'acts.ts'),
    `${head}import type { ActContract } from '../acts/contract';\n\nexport const ACTS: Readonly<Record<string, ActContract>> = ${JSON.stringify(acts)};\n`,
  );
  writeFileSync(
    join(OUT, 'file-limits.ts'),
    `${head}/** The most bytes that the file of a form may have, by the path that takes it. */\nexport const FILE_LIMITS: Readonly<Record<string, number>> = ${JSON.stringify(fileLimits)};\n`,
  );
  const words = Object.fromEntries(Object.entries(acts).map(([act, { label }]) => [act, label]));
  writeFileSync(
    join(OUT, 'act-words.ts'),
    `${head}/** The word of each act, for its button; what its form asks comes when it is opened. */\nexport const ACT_WORDS: Readonly<Record<string, string>> = ${JSON.stringify(words)};\n`,
  );
  const tables = [...names].map(([text, name]) => `const ${name}: Names = ${text};`).join('\n');
  const entries = Object.entries(labels).map(([key, name]) => `  '${key}': ${name},`);
  writeFileSync(
    join(OUT, 'labels.ts'),
    `${head}type Names = Readonly<Record<string, string>>;\n${tables}\n\n/** Names of enumerated values, by schema and field. */\nexport const LABELS = {\n${entries.join('\n')}\n} as const;\n`,
  );
}

await writeContract();
