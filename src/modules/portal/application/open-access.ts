import { Injectable } from '@nestjs/common';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Dispute } from '../../disputes';
import {
  ADDRESS_LIMITS,
  ATTEMPTS_KEPT,
  KEY_LIMITS,
  type Limit,
  NUMBER_LIMITS,
  SESSION_IDLE,
  numberKey,
} from '../domain/access-rules';
import type { Way } from '../domain/dictionaries';
import { PortalAccess, PortalAttempt, PortalSession } from '../persistence/portal.entity';
import { attemptDigest, codeDigest } from './access-digests';
import { isOver } from './portal-desk';

/** What the browser holds for the next half hour. */
export interface OpenedSession {
  /** Bearer, sent as `Authorization: Link <token>`; only its keyed digest is kept. */
  readonly token: string;
  readonly expiresAt: string;
}

type Outcome = { readonly opened: OpenedSession } | { readonly refused: 'paused' | 'wrong' };

interface Candidate {
  readonly id: string;
  readonly disputeId: string;
  readonly codeDigest: string;
}

const NO_DIGEST = Buffer.alloc(32).toString('base64url');

/**
 * Opens a party’s access with two things: what stands in the QR code, or the registration number, and the six-digit code.
 * Failures are counted by slip or number, by address, and for all numbers together; what is unknown, ended, archived and
 * mistyped gives one answer.
 */
@Injectable()
export class OpenAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
  ) {}

  async bySlip(command: { readonly token: string; readonly code: string }): Promise<OpenedSession> {
    const tokenDigest = this.keys.linkDigest(command.token);
    return this.open('slip', command.token, command.code, (tx) =>
      tx.query<Candidate>(
        `select id, dispute_id as "disputeId", code_digest as "codeDigest" from portal_access
          where token_digest = $1 and ended_at is null`,
        [tokenDigest],
      ),
    );
  }

  async byNumber(command: { readonly registrationNumber: string; readonly code: string }): Promise<OpenedSession> {
    const key = numberKey(command.registrationNumber);
    return this.open('number', key, command.code, (tx) =>
      tx.query<Candidate>(
        `select id, dispute_id as "disputeId", code_digest as "codeDigest" from portal_access
          where number_key = $1 and ended_at is null order by id`,
        [key],
      ),
    );
  }

  private async open(
    way: Way,
    key: string,
    code: string,
    find: (tx: Tx) => Promise<Candidate[]>,
  ): Promise<OpenedSession> {
    // The failure is committed with its count before the refusal is thrown.
    const outcome = await this.unitOfWork.run((tx) =>
      tx.asSystem(async (): Promise<Outcome> => {
        const keyDigest = attemptDigest(this.keys, way, key);
        // Tries on one key wait for each other, else many at once would all be the first.
        await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          way === 'number' ? 'portal-number' : `portal:${keyDigest}`,
        ]);
        const address = tx.context.address ?? 'unknown';
        if (await this.isPaused(tx, way, keyDigest, address)) return { refused: 'paused' };
        const candidates = await find(tx);
        const matched = candidates.filter((c) => isSame(c.codeDigest, codeDigest(this.keys, c.disputeId, code)));
        // An unknown key takes as long as a known one.
        if (candidates.length === 0) isSame(NO_DIGEST, codeDigest(this.keys, key, code));
        const [candidate] = matched;
        if (candidate === undefined || (await isOver(tx, candidate.id))) {
          await this.noteFailure(tx, way, keyDigest, address, candidates[0]);
          return { refused: 'wrong' };
        }
        return { opened: await this.begin(tx, way, candidate) };
      }),
    );
    if ('opened' in outcome) return outcome.opened;
    if (outcome.refused === 'paused') throw paused();
    throw new DomainError(
      'unauthenticated',
      'portal.wrong-code',
      '没有查到。请核对联系单上的登记编号和六位查询码；联系单已重新出具、停用或者事项已归档的，请拨打中心电话。',
    );
  }

  private async isPaused(tx: Tx, way: Way, keyDigest: string, address: string): Promise<boolean> {
    const counts = [
      ...KEY_LIMITS.map((limit) => ({ limit, column: 'key' as const })),
      ...ADDRESS_LIMITS.map((limit) => ({ limit, column: 'address' as const })),
      ...(way === 'number' ? NUMBER_LIMITS.map((limit) => ({ limit, column: 'all' as const })) : []),
    ];
    for (const { limit, column } of counts) {
      const values = { key: keyDigest, address, all: 'number' };
      if (await isReached(tx, column, values[column], limit)) return true;
    }
    return false;
  }

  private async noteFailure(
    tx: Tx,
    way: Way,
    keyDigest: string,
    address: string,
    candidate: Candidate | undefined,
  ): Promise<void> {
    await tx.insert(PortalAttempt, { id: uuidv7(), at: tx.now, address, way, keyDigest });
    await tx.query('delete from portal_attempt where at < $1', [new Date(tx.now.getTime() - ATTEMPTS_KEPT)]);
    const dispute = candidate === undefined ? null : await tx.get(Dispute, candidate.disputeId);
    tx.audit({
      act: way === 'slip' ? 'portal.open' : 'portal.open-by-number',
      objectType: 'portal-access',
      objectId: way === 'slip' ? (candidate?.id ?? null) : null,
      disputeId: dispute?.id ?? null,
      chain: dispute?.centerId ?? null,
      details: { opened: false, way },
    });
  }

  private async begin(tx: Tx, way: Way, { id, disputeId }: Candidate): Promise<OpenedSession> {
    const access = await tx.lock(PortalAccess, id);
    const { centerId } = await tx.get(Dispute, disputeId);
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(tx.now.getTime() + SESSION_IDLE);
    await tx.insert(PortalSession, {
      id: uuidv7(),
      disputeId,
      accessId: id,
      digest: this.keys.linkDigest(token),
      way,
      openedAt: tx.now,
      lastUsedAt: tx.now,
      expiresAt,
      address: tx.context.address,
      device: tx.context.userAgent?.slice(0, 300) ?? null,
    });
    if (access.openedAt === null) await tx.update(PortalAccess, id, { openedAt: tx.now });
    tx.audit({
      act: way === 'slip' ? 'portal.open' : 'portal.open-by-number',
      objectType: 'portal-access',
      objectId: id,
      disputeId,
      chain: centerId,
      details: { opened: true, way },
    });
    return { token, expiresAt: expiresAt.toISOString() };
  }
}

const COUNTS = {
  key: 'select count(*)::int as n from portal_attempt where key_digest = $1 and at > $2',
  address: 'select count(*)::int as n from portal_attempt where address = $1 and at > $2',
  all: 'select count(*)::int as n from portal_attempt where way = $1 and at > $2',
} as const;

async function isReached(
  tx: Tx,
  by: keyof typeof COUNTS,
  value: string,
  { failures, within }: Limit,
): Promise<boolean> {
  const { n } = await tx.one<{ n: number }>(COUNTS[by], [value, new Date(tx.now.getTime() - within)]);
  return n >= failures;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function paused(): DomainError {
  return new DomainError(
    'too-many',
    'portal.paused',
    '查询码输错的次数太多，暂停查询。请过一刻钟再试，或者拨打中心电话查询。',
  );
}
