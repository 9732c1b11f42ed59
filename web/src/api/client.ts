import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '@/generated/schema';
import { submissionKey } from './keys';
import { Problem } from './problem';
import { useSession } from './session';

const retried = new WeakSet<Request>();
const copies = new WeakMap<Request, Request>();

/** Adds the token and the key of the submission; renews the login in place when it ran out. */
const house: Middleware = {
  onRequest({ request }) {
    const { token } = useSession();
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', submissionKey());
    }
    // A body can be read once: the copy is what goes out again after a new login.
    copies.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response }) {
    if (response.status !== 401 || retried.has(request)) return response;
    const session = useSession();
    if (!(await session.refresh()) && !(await session.logInAgain())) return response;
    const again = copies.get(request) ?? request;
    if (session.token !== null) again.headers.set('Authorization', `Bearer ${session.token}`);
    retried.add(again);
    return fetch(again);
  },
};

/** The typed client of the interface. Use with `call`, which throws a `Problem` when the server refuses. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: async (request: Request) => {
    try {
      return await fetch(request);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw Problem.offline();
    }
  },
});
api.use(house);

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
  readonly method: string;
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly version?: string | number | null;
  readonly key?: string;
}

/** Performs any act of the contract: the path's parameters are filled in, the body goes as JSON or as a form. */
export async function perform({ method, path, params = {}, body, version, key }: FreeCall): Promise<unknown> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const send = (token: string | null): Promise<Response> =>
    fetch(filled, {
      method: method.toUpperCase(),
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(method === 'post' ? { 'Idempotency-Key': key ?? submissionKey() } : {}),
        ...(version === undefined || version === null ? {} : { 'If-Match': `"${version}"` }),
        ...(body instanceof FormData || body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    }).catch(() => {
      throw Problem.offline();
    });
  const response = await withLogin(send);
  const text = await response.text();
  const answer: unknown = response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text;
  if (!response.ok) throw Problem.of(answer, response.status);
  return answer;
}

/** A file of the server (with the login), as a blob; `name` as the server calls it. */
export async function fetchFile(path: string, init: RequestInit = {}): Promise<{ blob: Blob; name: string }> {
  const response = await withLogin((token) =>
    fetch(path, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
    }).catch(() => {
      throw Problem.offline();
    }),
  );
  if (!response.ok) throw Problem.of(await response.json().catch(() => null), response.status);
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  return { blob: await response.blob(), name: encoded ? decodeURIComponent(encoded) : (plain ?? '下载文件') };
}

/** Saves a file of the server on the desk's own disk. */
export async function download(path: string, init: RequestInit = {}): Promise<void> {
  const { blob, name } = await fetchFile(path, init);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

async function withLogin(send: (token: string | null) => Promise<Response>): Promise<Response> {
  const session = useSession();
  const response = await send(session.token);
  if (response.status !== 401) return response;
  if (!(await session.refresh()) && !(await session.logInAgain())) return response;
  return send(session.token);
}
