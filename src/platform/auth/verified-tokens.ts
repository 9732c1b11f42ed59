import { Injectable } from '@nestjs/common';
import type { Principal } from '../database';

const MOST = 10_000;

interface Verified {
  readonly principal: Principal;
  /** Seconds, as the token says. */
  readonly expiresAt: number;
}

/**
 * Tokens whose signature was found good, until they end: checking it anew costs a fifth of a millisecond at each request.
 * Nothing rests on it but who signed: whether account and session still hold is read in the transaction of each request.
 */
@Injectable()
export class VerifiedTokens {
  private readonly tokens = new Map<string, Verified>();

  principalOf(token: string): Principal | null {
    const found = this.tokens.get(token);
    if (found === undefined) return null;
    if (found.expiresAt > Date.now() / 1000) return found.principal;
    this.tokens.delete(token);
    return null;
  }

  keep(token: string, principal: Principal, expiresAt: number): void {
    // A map keeps its order: the first is the oldest, which ends first.
    if (this.tokens.size >= MOST) this.tokens.delete(this.tokens.keys().next().value ?? token);
    this.tokens.set(token, { principal, expiresAt });
  }
}
