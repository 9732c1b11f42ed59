import type { HandOverState, Side } from './dictionaries';

/** What the acts of a hand-over depend on. */
export interface HandOverSnapshot {
  readonly state: HandOverState;
  readonly leaverId: string;
  readonly successorId: string;
  readonly leaverSignedAt: Date | null;
  readonly successorSignedAt: Date | null;
  readonly overriddenAt: Date | null;
}

/** Whose signature this account could still give; null where none is wanted of it. */
export function sideToSign(handOver: HandOverSnapshot, accountId: string | null): Side | null {
  if (handOver.state !== 'open') return null;
  if (accountId === handOver.leaverId)
    return handOver.leaverSignedAt === null && handOver.overriddenAt === null ? 'leaver' : null;
  return accountId === handOver.successorId && handOver.successorSignedAt === null ? 'successor' : null;
}

/** Both have signed, or the successor alone where the director let it pass without the leaver. */
export function isComplete({ leaverSignedAt, successorSignedAt, overriddenAt }: HandOverSnapshot): boolean {
  return successorSignedAt !== null && (leaverSignedAt !== null || overriddenAt !== null);
}

/** Only another than the two may do without the leaver's signature. */
export function mayBeOverridden(handOver: HandOverSnapshot, accountId: string | null): boolean {
  return (
    handOver.state === 'open' &&
    handOver.leaverSignedAt === null &&
    handOver.overriddenAt === null &&
    accountId !== handOver.leaverId &&
    accountId !== handOver.successorId
  );
}
