import { Agent, request } from 'node:http';
import { uuidv7 } from '../../../src/platform/database';
import { openApiDocument } from '../../../src/platform/http';
import { pdf } from '../../support/files';
import type { TestApp } from '../../support/test-app';
import { type FieldSchema, type Operation, exampleOf, operationsOf } from '../robustness/operations';

/** An operation of the interface with the act that its route names. */
export type Route = Operation & { readonly act: string };

export function routesOf(t: TestApp): Route[] {
  const { paths } = openApiDocument(t.app);
  return operationsOf(t).map((operation) => {
    const item = paths[operation.path] as Record<string, { 'x-act'?: string }>;
    return { ...operation, act: item[operation.method.toLowerCase()]?.['x-act'] ?? '' };
  });
}

/** First segment of the path, which names the kind of what an id in it points at: `/api/parties/{id}/consents` → `parties`. */
export const segmentOf = (route: Route): string => route.path.replace(/^\/api/, '').split('/')[1] ?? '';

export const isBound = (route: Route): boolean => /^\/api\/[a-z-]+\/\{(?:id|disputeId)\}/.test(route.path);

/** `MATRIX=whole` asks every cell, the usual run a sample. */
export const IS_WHOLE = process.env['MATRIX'] === 'whole';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer | null;
  readonly type: string | null;
}

const BOUNDARY = 'zongzhi-matrix';

/**
 * The call of a route with its own examples. `inPath` fills the path; `inFields` replaces, by name, what query and body
 * say of centers and matters.
 */
export function callOf(
  route: Route,
  inPath: Readonly<Record<string, string>>,
  inFields: Readonly<Record<string, string>> = {},
): Sent {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? '');
  const query = route.parameters
    .filter((p) => p.in === 'query' && p.required === true)
    .map((p) => `${p.name}=${encodeURIComponent(inFields[p.name] ?? String(p.schema.example))}`)
    .join('&');
  const target = query === '' ? path : `${path}?${query}`;
  if (route.form !== null) return { method: route.method, path: target, ...multipart(route.form) };
  if (route.method === 'GET') return { method: 'GET', path: target, body: null, type: null };
  const example = route.body === null ? {} : (exampleOf(route.body, true) as Record<string, unknown>);
  const body = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, inFields[name] ?? value]));
  return { method: route.method, path: target, body: Buffer.from(JSON.stringify(body)), type: 'application/json' };
}

function multipart(form: FieldSchema): { body: Buffer; type: string } {
  const { file: _, ...fields } = exampleOf(form, true) as Record<string, string>;
  const part = (head: string, bytes: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]);
  const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, Buffer.from(value)));
  const file = part('name="file"; filename="x.pdf"\r\nContent-Type: application/pdf', pdf(uuidv7()));
  return {
    body: Buffer.concat([...parts, file, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    type: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly bytes: Buffer;
}

/** Many calls over few kept connections. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 12 });
  private readonly port: number;

  constructor(t: TestApp) {
    this.port = (t.app.getHttpServer().address() as { port: number }).port;
  }

  send({ method, path, body, type }: Sent, token: string | null, ifMatch = 1): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          headers: {
            ...(token === null ? {} : { Authorization: token }),
            ...(method === 'POST' ? { 'Idempotency-Key': uuidv7() } : {}),
            ...(method === 'GET' ? {} : { 'If-Match': `"${ifMatch}"` }),
            ...(body === null ? {} : { 'Content-Type': type ?? '', 'Content-Length': body.length }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.rawHeaders.join('\n'),
              bytes: Buffer.concat(parts),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Runs the work over all items, so many at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
