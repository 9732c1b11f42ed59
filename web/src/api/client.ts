import createClient from 'openapi-fetch';
import type { paths } from '@/generated/schema';
import { takeAhead } from './ahead';
import { tooLarge } from './file-limits';
import { submissionKey } from './keys';
import { Problem } from './problem';
import { heedTime } from './server-time';
import { useSession } from './session';

/**
 * Sends with the login of the moment, renewed shortly before its end. One that has run out all the same is renewed in place,
 * by asking for the password over the page where need be, and the same request goes out again.
 */
async function withLogin(
  method: string,
  send: (headers: Readonly<Record<string, string>>) => Promise<Response>,
): Promise<Response> {
  const session = useSession();
  const once = async (): Promise<Response> => {
    try {
      return heedTime(await send(session.token === null ? {} : { Authorization: `Bearer ${session.token}` }));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw Problem.offline(/^get$/i.test(method));
    }
  };
  await session.renewInTime();
  const response = await once();
  if (response.status !== 401) return response;
  return (await session.refresh()) || (await session.logInAgain()) ? once() : response;
}

/** The typed client of the interface. Use with `call`, which throws a `Problem` when the server refuses. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: async (request: Request) => {
    const ahead = await takeAhead(request);
    if (ahead !== null) return ahead;
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
      request.headers.set('Idempotency-Key', submissionKey());
    return withLogin(request.method, (login) => {
      // A body can be read once: a copy goes out, so that another can after a new login.
      const copy = request.clone();
      for (const [name, value] of Object.entries(login)) copy.headers.set(name, value);
      return fetch(copy);
    });
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; a `Problem` otherwise. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw Problem.of(error, response.status);
  return data as T;
}

interface FreeCall {
  readonly method?: string;
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly version?: string | number | null;
  readonly key?: string;
}

/** Performs any act of the contract: the path's parameters are filled in, the body goes as JSON or as a form. */
export async function perform<T = unknown>(act: FreeCall): Promise<T> {
  const { method = 'post', path, params = {}, body, version = null, key = submissionKey() } = act;
  for (const value of body instanceof FormData ? body.values() : []) {
    const refusal = value instanceof File ? tooLarge(path, value) : null;
    if (refusal !== null) throw refusal;
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const response = await withLogin(method, (login) =>
    fetch(filled, {
      method: method.toUpperCase(),
      headers: {
        ...login,
        ...(method === 'post' ? { 'Idempotency-Key': key } : {}),
        ...(version === null ? {} : { 'If-Match': `"${version}"` }),
        ...(body instanceof FormData || body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  const answer: unknown = response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text;
  if (!response.ok) throw Problem.of(answer, response.status);
  return answer as T;
}

/** A file of the server (with the login), as a blob; `name` as the server calls it. `onBytes` hears how much is there. */
export async function fetchFile(
  path: string,
  init: RequestInit = {},
  onBytes?: (bytes: number) => void,
): Promise<{ blob: Blob; name: string }> {
  const response = await withLogin(init.method ?? 'GET', (login) =>
    fetch(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...login } }),
  );
  if (!response.ok) throw Problem.of(await response.json().catch(() => null), response.status);
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const name = encoded ? decodeURIComponent(encoded) : (plain ?? '下载文件');
  return { blob: onBytes === undefined ? await response.blob() : await wholeOf(response, onBytes), name };
}

/** A file that is written while it is fetched: it may break off, and its length is not known before its end. */
async function wholeOf(response: Response, onBytes: (bytes: number) => void): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      parts.push(next.value);
      bytes += next.value.length;
      onBytes(bytes);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'cut-off', '文件没有下载完，请重新下载。');
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' });
}

/** Saves a file of the server on the desk's own disk. */
export async function download(path: string, init: RequestInit = {}, onBytes?: (bytes: number) => void): Promise<void> {
  const { blob, name } = await fetchFile(path, init, onBytes);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
