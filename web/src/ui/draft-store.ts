import { useSession } from '@/api';
import { quietFetch } from './quiet-fetch';

/** What the server keeps of a draft. */
export interface ServerDraft {
  readonly value: unknown;
  readonly version: number;
  readonly savedAt: string;
  readonly device: string;
}

/** What only this browser has: typed, and not yet confirmed by the server. */
export interface LocalDraft {
  readonly at: string;
  readonly value: unknown;
  /** Version of the server that it was typed over, and its content. */
  readonly version: number;
  readonly base: unknown;
}

export type Reading = ServerDraft | 'none' | 'unreachable';
export type Saving =
  | { readonly version: number }
  | { readonly refusal: 'stale' | 'signed-out' | 'unreachable' | 'refused'; readonly detail?: string };

const WRITER = 'draft-window';

/** The name of this window; it survives a reload. */
function writer(): string {
  const known = sessionStorage.getItem(WRITER);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  const name = `w-${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')}`;
  sessionStorage.setItem(WRITER, name);
  return name;
}

const device = (): 'phone' | 'computer' => (matchMedia('(max-width: 480px)').matches ? 'phone' : 'computer');

/** The server's copy of one draft. Saves in the background: it never asks for a password over what somebody types. */
export class DraftServer {
  private readonly path: string;

  constructor(key: string) {
    this.path = `/api/drafts/${encodeURIComponent(key)}`;
  }

  async read(): Promise<Reading> {
    const response = await this.send('GET');
    if (response?.ok !== true) return 'unreachable';
    const { kept } = (await response.json()) as {
      kept: { content: string; version: number; savedAt: string; device: string } | null;
    };
    if (kept === null) return 'none';
    return {
      value: JSON.parse(kept.content) as unknown,
      version: kept.version,
      savedAt: kept.savedAt,
      device: kept.device,
    };
  }

  async save(value: unknown, version: number, title: string, resumePath: string): Promise<Saving> {
    const isInside = /^\/(?!\/)[A-Za-z0-9/?=&:._-]{0,299}$/.test(resumePath);
    const body = {
      title: title.slice(0, 100) || '未命名',
      content: JSON.stringify(value),
      ...(isInside ? { resumePath } : {}),
      writer: writer(),
      device: device(),
    };
    const response = await this.send('PUT', version, body);
    if (response === null || response.status >= 500) return { refusal: 'unreachable' };
    if (response.ok) return { version: ((await response.json()) as { version: number }).version };
    if (response.status === 412) return { refusal: 'stale' };
    if (response.status === 401) return { refusal: 'signed-out' };
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    return { refusal: 'refused', ...(problem.detail === undefined ? {} : { detail: problem.detail }) };
  }

  async remove(version: number): Promise<void> {
    const response = await this.send('DELETE', version);
    if (response?.status !== 412) return;
    const now = await this.read();
    if (typeof now === 'object') await this.send('DELETE', now.version);
  }

  private send(method: string, version?: number, body?: object): Promise<Response | null> {
    return quietFetch(this.path, {
      method,
      ...(version === undefined ? {} : { headers: { 'If-Match': `"${version}"` } }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** The browser's copy. Only what the server has not confirmed stays in it: desks are shared. */
export class LocalDrafts {
  private readonly place: string;

  constructor(key: string) {
    this.place = `draft:${useSession().self?.id ?? ''}:${key}`;
  }

  read(): LocalDraft | null {
    try {
      const text = localStorage.getItem(this.place);
      return text === null ? null : (JSON.parse(text) as LocalDraft);
    } catch {
      return null;
    }
  }

  /** False when the browser's store is full or closed. */
  write(draft: LocalDraft): boolean {
    try {
      localStorage.setItem(this.place, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  clear(): void {
    localStorage.removeItem(this.place);
  }
}
