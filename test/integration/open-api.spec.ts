import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { policyTable } from '../../src/platform/auth';
import { openApiDocument } from '../../src/platform/http';
import { type TestApp, startTestApp } from '../support/test-app';

const FILE = 'docs/openapi.json';

interface Operation {
  readonly summary?: string;
  readonly 'x-act'?: string;
  readonly responses: Readonly<Record<string, { readonly content?: unknown; readonly description?: string }>>;
}

describe('the OpenAPI description', () => {
  let t: TestApp;
  let document: ReturnType<typeof openApiDocument>;
  beforeAll(async () => {
    t = await startTestApp();
    document = openApiDocument(t.app);
  });
  afterAll(() => t.close());

  it('is the one kept in docs (npm run docs:openapi writes it)', () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env['WRITE_DOCS'] === 'yes') writeFileSync(FILE, text);
    const kept = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    if (kept !== text) throw new Error(`${FILE} is stale: run npm run docs:openapi and commit what it wrote`);
  });

  it('names for every operation its act, its Chinese summary and its problems', () => {
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        place: `${method} ${path}`,
        operation: operation as Operation,
      })),
    );
    expect(operations.length).toBeGreaterThan(5);
    const faults = operations.flatMap(({ place, operation }) => [
      ...(operation['x-act'] !== undefined && policyTable().has(operation['x-act']) ? [] : [`${place} has no act`]),
      ...(/[\u4e00-\u9fff]/.test(operation.summary ?? '') ? [] : [`${place} has no Chinese summary`]),
      ...(operation.responses['409']?.content === undefined ? [`${place} does not describe its problems`] : []),
    ]);
    expect(faults).toEqual([]);
  });

  it('refers only to schemas that it holds', () => {
    const held = new Set(Object.keys(document.components?.schemas ?? {}));
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(
      (m) => m[1] ?? '',
    );
    expect([...new Set(referred)].filter((name) => !held.has(name))).toEqual([]);
  });

  it('describes every field in Chinese, with bounds and examples on what is sent', () => {
    const schemas = document.components?.schemas ?? {};
    const faults: string[] = [];
    for (const [name, schema] of Object.entries(schemas)) {
      if (!('properties' in schema)) continue;
      for (const [field, property] of Object.entries(schema.properties ?? {})) {
        const described = property as {
          description?: string;
          type?: string;
          maxLength?: number;
          enum?: unknown;
          format?: string;
          pattern?: string;
        };
        if (!/[\u4e00-\u9fff]/.test(described.description ?? '') && !('$ref' in property))
          faults.push(`${name}.${field} has no Chinese description`);
        const isText = described.type === 'string' && described.enum === undefined && described.format === undefined;
        if (name.endsWith('Request') && isText && described.maxLength === undefined)
          faults.push(`${name}.${field} has no bound`);
      }
    }
    expect(faults).toEqual([]);
  });
});
