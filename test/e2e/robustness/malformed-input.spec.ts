import { connect } from 'node:net';
import { uuidv7 } from '../../../src/platform/database';
import { anAcceptedMatter } from '../../support/matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import { callerFor } from './callers';
import { MALFORMED_BODIES, malformedValuesFor } from './malformed-values';
import { type Operation, bodyWith, exampleOf, fieldsOf, fieldsWithoutExample, operationsOf } from './operations';
import { RawClient, type RawAnswer, type RawCall } from './raw-client';

/**
 * Generated: every operation of the OpenAPI description × malformed values × every place a value goes. Real
 * application, PostgreSQL and HTTP; only the clock is fake. Of the values of a type each place takes a few in turn, the
 * same ones in every run, so that over all places every value is tried.
 */
const PER_PLACE = 4;
const LONGEST_MS = 2_000;
const FORM = 'multipart/form-data; boundary=b';

interface Problem {
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly traceId?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const CHINESE = /[\u4e00-\u9fff]/;

let t: TestApp;
let client: RawClient;
let operations: Operation[];
let matterId: string;
let serial = 0;

beforeAll(async () => {
  // Each call comes from an address of its own, so that no limit per address hides an answer.
  t = await startTestApp({ trustedProxies: 1 });
  client = new RawClient(t);
  operations = operationsOf(t);
  matterId = await anAcceptedMatter(t);
});
afterAll(async () => {
  client.close();
  await t.close();
});

async function tokenFor(operation: Operation): Promise<string | null> {
  // A link of the right form whose paper nobody knows: the guard of the edge and the fields come before that question.
  if (operation.grants.includes('link-holder')) return `Link ${'k'.repeat(43)}`;
  return (await callerFor(t, operation)).token;
}

/** Parts of a path that are words and not identities; with an unknown one there is nothing to ask about. */
const NAMED: Readonly<Record<string, string>> = { figure: 'accepted' };

function pathOf(operation: Operation, id: (name: string) => string = idFor(operation)): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => NAMED[name] ?? id(name));
}

const idFor = (operation: Operation) => (name: string) =>
  new RegExp(`/disputes/\\{${name}\\}`).test(operation.path) ? matterId : '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

function address(): string {
  serial += 1;
  return `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;
}

async function headersOf(operation: Operation, type: string | null = 'application/json'): Promise<string[]> {
  const token = await tokenFor(operation);
  return [
    'X-Forwarded-For',
    address(),
    ...(type === null ? [] : ['Content-Type', type]),
    ...(token === null ? [] : ['Authorization', token]),
    ...(operation.method === 'POST' ? ['Idempotency-Key', uuidv7()] : []),
    ...(['PUT', 'PATCH', 'DELETE'].includes(operation.method) ? ['If-Match', '"1"'] : []),
  ];
}

/** What is wrong with the answer to malformed input; null when nothing is. */
function faultOf(answer: RawAnswer, statuses: readonly number[] = []): string | null {
  if (answer.status >= 500) return `answered ${answer.status}: ${answer.text}`;
  if (answer.status < 400) return `was accepted with ${answer.status}`;
  if (statuses.length > 0 && !statuses.includes(answer.status)) return `answered ${answer.status}: ${answer.text}`;
  if (answer.milliseconds > LONGEST_MS) return `took ${Math.round(answer.milliseconds)} ms`;
  if (!answer.type.startsWith('application/problem+json')) return `answered ${answer.type}: ${answer.text}`;
  const problem = JSON.parse(answer.text) as Problem;
  if (!CHINESE.test(problem.detail ?? '')) return `says no Chinese: ${answer.text}`;
  if (problem.status !== answer.status || !/^[0-9a-f]{32}$/.test(problem.traceId ?? ''))
    return `is incomplete: ${answer.text}`;
  return null;
}

/** As `faultOf`, and the answer must name the field by a JSON pointer, with a Chinese sentence of its own. */
function fieldFaultOf(answer: RawAnswer, pointer: string): string | null {
  const fault = faultOf(answer, [400, 422]);
  if (fault !== null) return fault;
  const { errors = [] } = JSON.parse(answer.text) as Problem;
  // A rule of each item of a list of texts is told of the list.
  const list = pointer.replace(/\/0$/, '');
  const named = errors.find((e) => [pointer, list].includes(e.pointer) || e.pointer.startsWith(`${pointer}/`));
  if (named === undefined) return `does not name ${pointer}: ${answer.text}`;
  return CHINESE.test(named.detail) ? null : `says no Chinese of ${pointer}: ${named.detail}`;
}

/** Some of the values, moving on from place to place. */
function some<T>(values: readonly T[], place: number, count = PER_PLACE): T[] {
  const picked = Math.min(count, values.length);
  return Array.from({ length: picked }, (_, i) => values[(place * picked + i) % values.length]).filter(
    (v) => v !== undefined,
  );
}

interface NamedCall {
  readonly what: string;
  readonly call: () => Promise<string | null>;
}

async function gather(calls: readonly NamedCall[]): Promise<string[]> {
  const faults: string[] = [];
  const slow: NamedCall[] = [];
  const tell = ({ what }: NamedCall, fault: string | null): void => {
    if (fault !== null) faults.push(`${what} ${fault.slice(0, 400)}`);
  };
  const queue = [...calls];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const fault = await next.call();
      if (fault?.startsWith('took ')) slow.push(next);
      else tell(next, fault);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  // What the input makes slow is slow again when it is asked alone; what a busy machine held up is not.
  for (const one of slow) tell(one, await one.call());
  return faults.sort();
}

describe('the examples of the interface description', () => {
  it('are there for every field that is sent', () => {
    const lacking = operations.flatMap((o) =>
      fieldsWithoutExample(o.body ?? o.form ?? {}).map((p) => `${o.name} ${p}`),
    );
    expect(lacking).toEqual([]);
  });

  it('are valid values: no request made of them is refused for a field', async () => {
    const calls = operations
      .filter((o) => o.body !== null)
      .flatMap((operation) =>
        [true, false].map((requiredOnly) => ({
          what: `${operation.name} (${requiredOnly ? 'required fields' : 'all fields'})`,
          call: async () => {
            const answer = await client.send({
              method: operation.method,
              path: pathOf(operation, () => uuidv7()),
              headers: await headersOf(operation),
              body: JSON.stringify(exampleOf(operation.body ?? {}, requiredOnly)),
            });
            const isRefused = answer.text.includes('"invalid-fields"') || answer.status >= 500;
            return isRefused ? `answered ${answer.status}: ${answer.text}` : null;
          },
        })),
      );
    expect(await gather(calls)).toEqual([]);
  });
});

// More than a thousand calls in a test: minutes on a slow machine.
jest.setTimeout(400_000);

describe('malformed input at every operation', () => {
  it('in a field of the body is refused, naming the field', async () => {
    let place = 0;
    const calls = operations.flatMap((operation) => {
      const body = exampleOf(operation.body ?? {}, true);
      return fieldsOf(operation.body ?? {}).flatMap((field) => {
        place += 1;
        return some(malformedValuesFor(field.schema), place).map((value) => ({
          what: `${operation.name} ${field.pointer} = ${value.name}:`,
          call: async () =>
            fieldFaultOf(
              await client.send({
                method: operation.method,
                path: pathOf(operation),
                headers: await headersOf(operation),
                body: bodyWith(body, field.pointer, value.json),
              }),
              field.pointer,
            ),
        }));
      });
    });
    expect(calls.length).toBeGreaterThan(1_000);
    expect(await gather(calls)).toEqual([]);
  });

  it('as the whole body is refused', async () => {
    const calls = operations
      .filter((o) => o.body !== null)
      .flatMap((operation, place) =>
        some(MALFORMED_BODIES, place, 6).map(({ name, type, body }) => ({
          what: `${operation.name} with ${name}:`,
          call: async () =>
            faultOf(
              await client.send({
                method: operation.method,
                path: pathOf(operation),
                headers: await headersOf(operation, type),
                body,
              }),
              [400, 413, 415],
            ),
        })),
      );
    expect(await gather(calls)).toEqual([]);
  });

  it('in the query is refused, naming the field', async () => {
    const texts = ['%00', '%E6%9D%8E%01', '%ED%A0%80', '%C3%28', '%zz', '%E9%95%BF'.repeat(1_000)];
    const words: Readonly<Record<string, readonly string[]>> = {
      integer: ['abc', '1e3', '0x10', '-1', '1.5', '%EF%BC%91', '9'.repeat(30), '', 'NaN', 'Infinity', '1&{}=2'],
      boolean: ['1', 'yes', 'TRUE', '', 'true&{}=true'],
      uuid: ['1', '', '*', "'%20or%20'1'='1", '0194F7F2-C0DE-7000-A1B2-C3D4E5F60718', '%00'],
      date: ['2026-02-30', '', 'today', '20261120', 'infinity', '2026-11-20T00:00:00Z', '2026-11-20&{}=2026-11-21'],
      'date-time': ['2026-11-20', '', 'now', '2026-11-20T25:00:00Z', '2026-11-20T09:30:00'],
      enum: ['', 'pigeon', '__proto__', 'constructor', '%00'],
      string: [...texts, '', '%E3%80%80', 'a&{}=b'],
    };
    let place = 0;
    const calls = operations.flatMap((operation) =>
      operation.parameters
        .filter((p) => p.in === 'query')
        .flatMap(({ name, schema }) => {
          place += 1;
          const kind = schema.enum === undefined ? (schema.format ?? schema.type ?? 'string') : 'enum';
          return some(words[kind] ?? texts, place, 6).map((word) => ({
            what: `${operation.name}?${name}=${word.slice(0, 60)}:`,
            call: async () => {
              const answer = await client.send({
                method: operation.method,
                path: `${pathOf(operation)}?${name}=${word.replaceAll('{}', name)}`,
                headers: await headersOf(operation, null),
              });
              // What cannot be decoded belongs to no field yet.
              return /%(?:zz|ED|C3%28)/.test(word) ? faultOf(answer, [400]) : fieldFaultOf(answer, `/${name}`);
            },
          }));
        }),
    );
    expect(calls.length).toBeGreaterThan(50);
    expect(await gather(calls)).toEqual([]);
  });

  it('in the path is refused', async () => {
    const words = [
      'x',
      '%00',
      '%zz',
      '%ED%A0%80',
      '..%2f..%2fetc%2fpasswd',
      "1'%20or%20'1'='1",
      '0194F7F2-C0DE-7000-A1B2-C3D4E5F60718',
      '0194f7f2-c0de-7000-a1b2-c3d4e5f60718%0a',
      '__proto__',
      'null',
      '%F0%A0%AE%B7',
      'a'.repeat(6_000),
    ];
    const calls = operations
      .filter((o) => o.path.includes('{'))
      .flatMap((operation, place) =>
        some(words, place).map((word) => ({
          what: `${operation.name} at ${word.slice(0, 60)}:`,
          call: async () =>
            faultOf(
              await client.send({
                method: operation.method,
                path: pathOf(operation, () => word),
                headers: await headersOf(operation, operation.form === null ? 'application/json' : FORM),
                ...(operation.body === null ? {} : { body: JSON.stringify(exampleOf(operation.body, true)) }),
              }),
              [400, 404],
            ),
        })),
      );
    expect(await gather(calls)).toEqual([]);
  });

  it('in Authorization is 401', async () => {
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const claims = Buffer.from(
      JSON.stringify({ sub: t.world.account('intake').id, sid: uuidv7(), typ: 'access', exp: 4e9 }),
    ).toString('base64url');
    const token = (await t.as('intake')).token ?? '';
    const words = [
      [],
      ['Authorization', 'Bearer'],
      ['Authorization', 'Bearer '],
      ['Authorization', 'Bearer a.b.c'],
      ['Authorization', `Bearer ${none}.${claims}.`],
      ['Authorization', `Basic ${Buffer.from('a:b').toString('base64')}`],
      ['Authorization', `Bearer ${'a'.repeat(6_000)}`],
      ['Authorization', `${token}x`],
      ['Authorization', token.slice(0, -6)],
      ['Authorization', 'Bearer \u00ff\u00fe'],
      ['Authorization', 'Link ../../x'],
    ];
    const calls = operations
      .filter((o) => !o.grants.includes('public'))
      .flatMap((operation, place) =>
        some(words, place).map((header) => ({
          what: `${operation.name} with ${header.join(': ').slice(0, 60)}:`,
          call: async () =>
            faultOf(
              await client.send({
                method: operation.method,
                path: pathOf(operation),
                headers: ['Idempotency-Key', uuidv7(), 'If-Match', '"1"', ...header],
              }),
              [401],
            ),
        })),
      );
    expect(await gather(calls)).toEqual([]);
  });

  it('in Idempotency-Key and If-Match is refused', async () => {
    const keys = [
      [],
      ['Idempotency-Key', ''],
      ['Idempotency-Key', 'short'],
      ['Idempotency-Key', 'with a blank in it'],
      ['Idempotency-Key', 'k'.repeat(201)],
      ['Idempotency-Key', 'k\u00e9y-\u00ff-long-enough'],
      ['Idempotency-Key', 'first-key-0001', 'Idempotency-Key', 'second-key-0002'],
    ];
    const versions = [
      ['If-Match', '*'],
      ['If-Match', 'W/"1"'],
      ['If-Match', '1'],
      ['If-Match', '"-1"'],
      ['If-Match', '"99999999999999999999"'],
      ['If-Match', '"1", "2"'],
      ['If-Match', '"1"', 'If-Match', '"2"'],
      ['If-Match', ''],
    ];
    const calls = operations.flatMap((operation, place) => {
      const isKeyed = operation.method === 'POST' && !operation.withoutEffect;
      const isVersioned = ['PUT', 'PATCH', 'DELETE'].includes(operation.method);
      const headers = [...(isKeyed ? some(keys, place) : []), ...(isVersioned ? versions : [])];
      return headers.map((header) => ({
        what: `${operation.name} with ${header.join(': ').slice(0, 60)}:`,
        call: async () => {
          const token = await tokenFor(operation);
          return faultOf(
            await client.send({
              method: operation.method,
              path: pathOf(operation),
              headers: ['X-Forwarded-For', address(), ...(token === null ? [] : ['Authorization', token]), ...header],
            }),
            [400],
          );
        },
      }));
    });
    expect(await gather(calls)).toEqual([]);
  });

  it('in an upload is refused', async () => {
    const part = (name: string, content: string | Buffer, more = ''): Buffer =>
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const end = Buffer.from('--b--\r\n');
    const file = part('file', '%PDF-1.7', '; filename="a.pdf"');
    const forms: [string, Buffer | string][] = [
      ['nothing', ''],
      ['only the end', end],
      ['no file', Buffer.concat([part('kind', 'document'), end])],
      ['two files', Buffer.concat([file, file, end])],
      ['a file under another name', Buffer.concat([part('other', 'x', '; filename="a.pdf"'), end])],
      ['an unknown field', Buffer.concat([part('isAdmin', 'true'), file, end])],
      ['__proto__', Buffer.concat([part('__proto__[isAdmin]', 'true'), file, end])],
      ['no end', file],
      ['no name', Buffer.concat([Buffer.from('--b\r\n\r\nx\r\n'), end])],
      ['a field of 2 MB', Buffer.concat([part('title', 'x'.repeat(2_000_000)), file, end])],
      ['1,000 fields', Buffer.concat([...Array.from({ length: 1_000 }, (_, i) => part(`f${i}`, 'x')), file, end])],
      ['an empty file', Buffer.concat([part('file', '', '; filename="a.pdf"'), end])],
    ];
    const uploads = operations.filter((o) => o.form !== null);
    expect(uploads.length).toBeGreaterThan(0);
    const send = async (operation: Operation, body: Buffer | string): Promise<RawAnswer> =>
      client.send({
        method: operation.method,
        path: pathOf(operation),
        headers: await headersOf(operation, FORM),
        body,
      });
    const whole = uploads.flatMap((operation) =>
      forms.map(([name, body]) => ({
        what: `${operation.name} with ${name}:`,
        call: async () => faultOf(await send(operation, body)),
      })),
    );
    const fields = uploads.flatMap((operation) =>
      fieldsOf(operation.form ?? {})
        .filter((f) => f.schema.format !== 'binary')
        .flatMap(({ pointer, schema }) => {
          const valid = Object.entries(
            exampleOf({ ...operation.form, example: undefined }, true) as Record<string, string>,
          );
          const others = valid
            .filter(([name]) => `/${name}` !== pointer && name !== 'file')
            .map(([name, v]) => part(name, v));
          const bad: [string, string | Buffer][] = [
            ['NUL', 'a\u0000'],
            ['a control', 'a\u0001'],
            ['invalid UTF-8', Buffer.from([0x61, 0xc3, 0x28])],
            ['GB18030 bytes', Buffer.from([0xc0, 0xee])],
            ['blank', '  '],
            ['overlong', '长'.repeat((schema.maxLength ?? 2_000) + 1)],
          ];
          return bad.map(([name, content]) => ({
            what: `${operation.name} ${pointer} = ${name}:`,
            call: async () =>
              fieldFaultOf(
                await send(operation, Buffer.concat([...others, part(pointer.slice(1), content), file, end])),
                pointer,
              ),
          }));
        }),
    );
    expect(await gather([...whole, ...fields])).toEqual([]);
  });
});

describe('what is malformed as HTTP', () => {
  const calls: [string, RawCall][] = [
    ['an unknown path', { method: 'GET', path: '/api/nothing' }],
    ['an unknown method', { method: 'PROPFIND', path: '/api/disputes' }],
    ['TRACE', { method: 'TRACE', path: '/api/disputes' }],
    [
      'a body under an unknown compression',
      {
        method: 'POST',
        path: '/api/session',
        headers: ['Content-Type', 'application/json', 'Content-Encoding', 'zip'],
        body: '{}',
      },
    ],
    [
      'a body that is not the gzip it claims',
      {
        method: 'POST',
        path: '/api/session',
        headers: ['Content-Type', 'application/json', 'Content-Encoding', 'gzip'],
        body: 'not gzip',
      },
    ],
    [
      'a body over the limit',
      {
        method: 'POST',
        path: '/api/session',
        headers: ['Content-Type', 'application/json'],
        body: `{"loginName":"${'x'.repeat(1_100_000)}"}`,
      },
    ],
  ];
  it.each(calls)('%s is a 4xx problem', async (_, call) => {
    expect(faultOf(await client.send(call))).toBeNull();
  });

  const bytes: [string, string, number][] = [
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['headers of 40 KB', `GET /livez HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    ['a header name with a blank', 'GET /livez HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n', 400],
    ['two lengths', 'POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400],
    [
      'length and chunks at once',
      'POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ];
  it.each(bytes)('%s is a 4xx problem and the connection ends', async (_, sent, status) => {
    const { port } = t.app.getHttpServer().address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(sent));
      let got = '';
      socket.on('data', (part) => (got += part.toString()));
      socket.on('end', () => {
        resolve(got);
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toMatch(CHINESE);
  });
});
