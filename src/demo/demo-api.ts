import { randomUUID } from 'node:crypto';

type Body = Readonly<Record<string, unknown>>;

interface DemoFile {
  readonly bytes: Buffer;
  readonly name: string;
  readonly type: string;
}

/** One person of the demo center at work: calls the program’s own interface as a browser would. */
export class DemoPerson {
  constructor(
    private readonly base: string,
    readonly accountId: string,
    private readonly authorization: string,
  ) {}

  async get<T = unknown>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** Does an act; `version` where it must be the one that was read. */
  async post<T = { readonly id: string }>(path: string, body: Body = {}, version?: number): Promise<T> {
    const headers = {
      'Content-Type': 'application/json',
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
    };
    return this.call<T>('POST', path, JSON.stringify(body), headers);
  }

  /** Replaces a version that was read before. */
  async put<T = unknown>(path: string, body: Body, version: number): Promise<T> {
    return this.call<T>('PUT', path, JSON.stringify(body), {
      'Content-Type': 'application/json',
      'If-Match': `"${version}"`,
    });
  }

  /** Uploads one file with its fields. */
  async upload<T = { readonly id: string }>(
    path: string,
    file: DemoFile,
    fields: Readonly<Record<string, string>>,
  ): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    return this.call<T>('POST', path, form);
  }

  private async call<T>(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { Authorization: this.authorization, 'Idempotency-Key': randomUUID(), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Demo center: ${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** Logs in and answers the person at work. */
export async function atWork(
  base: string,
  accountId: string,
  loginName: string,
  password: string,
): Promise<DemoPerson> {
  const response = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ loginName, password }),
  });
  if (!response.ok) throw new Error(`Demo center: ${loginName} cannot log in: ${await response.text()}`);
  const { accessToken } = (await response.json()) as { accessToken: string };
  return new DemoPerson(base, accountId, `Bearer ${accessToken}`);
}

/** A party at its own phone, with a one-time link. */
export function atLink(base: string, token: string): DemoPerson {
  return new DemoPerson(base, '', `Link ${token}`);
}
