import { submissionKey } from '@/api/keys';
import { Problem } from '@/api/problem';
import type { components } from '@/generated/schema';

export type Schemas = components['schemas'];
export type OwnMatter = Schemas['OwnMatterResponse'];

interface Ask {
  readonly method?: 'GET' | 'POST';
  /** Link or session of a party; public routes take none. */
  readonly token?: string;
  readonly body?: unknown;
  /** Kept over the retries of one submission, so that a lost answer does no harm. */
  readonly key?: string;
}

/** Asks the server as a party. Throws a `Problem` with what to do next. */
export async function ask<T>(path: string, options: Ask = {}): Promise<T> {
  const response = await send(path, options);
  return (await response.json()) as T;
}

/** Saves a file of the server on the phone. */
export async function saveFile(path: string, token: string): Promise<void> {
  const response = await send(path, { token });
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = encoded === undefined ? '文书.pdf' : decodeURIComponent(encoded);
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

async function send(path: string, { method = 'GET', token, body, key }: Ask): Promise<Response> {
  const isForm = body instanceof FormData;
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Link ${token}` }),
      ...(method === 'POST' ? { 'Idempotency-Key': key ?? submissionKey() } : {}),
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new Problem(0, 'offline', '网络断了，没有发送成功。您填写的内容还在，请过一会儿再试。');
  });
  if (!response.ok) throw Problem.of(await response.json().catch(() => null), response.status);
  return response;
}
