import { AsyncLocalStorage } from 'node:async_hooks';

/** Who asks, before any right is known: rights are read inside the transaction. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly accountId: string; readonly sessionId: string | null }
  | { readonly kind: 'link'; readonly linkDigest: string }
  | { readonly kind: 'system'; readonly job: string };

/** The idempotency claim of a POST: key, route and SHA-256 of the body. */
export interface IdempotencyClaim {
  readonly key: string;
  readonly route: string;
  readonly bodyHash: string;
}

/** What the edge knows about the request under way; travels beside the call, never as a parameter. */
export interface RequestContext {
  readonly traceId: string;
  readonly principal: Principal;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly idempotency: IdempotencyClaim | null;
  /** Version named by If-Match; null when the header is absent. */
  readonly ifMatch: number | null;
  readonly ifMatchRequired: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

const OUTSIDE: RequestContext = {
  traceId: 'none',
  principal: { kind: 'anonymous' },
  address: null,
  userAgent: null,
  idempotency: null,
  ifMatch: null,
  ifMatchRequired: false,
};

export function currentContext(): RequestContext {
  return storage.getStore() ?? OUTSIDE;
}

/** Runs `work` as if asked by `context` (missing parts: those of an inner call without HTTP). */
export function withContext<T>(context: Partial<RequestContext>, work: () => T): T {
  return storage.run({ ...OUTSIDE, ...context }, work);
}
