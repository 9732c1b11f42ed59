import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import {
  type SessionAct,
  type SessionSnapshot,
  type SessionState,
  sessionLifecycle,
} from '../domain/session-lifecycle';
import { loadInvitees } from '../persistence/session-rows';
import { MediationSession, type SessionInvitee } from '../persistence/session.entity';

/** A session with its matter and its people, as an act meets it. */
export interface OpenSession {
  readonly matter: LoadedMatter;
  readonly session: MediationSession;
  readonly invitees: readonly SessionInvitee[];
  readonly snapshot: SessionSnapshot;
}

/** The way of every act to a session: matter first, then the session, then the table. */
@Injectable()
export class SessionDesk {
  constructor(private readonly matters: Matters) {}

  /** Locks matter and session for an act and holds If-Match against the session. Invisible is 404, without a grant 403. */
  async lock(tx: Tx, sessionId: string, act: SessionAct): Promise<OpenSession> {
    const open = await this.lockAround(tx, sessionId, act);
    tx.checkVersion(open.session);
    return open;
  }

  /** As `lock`, for an act on a part of the session that has a version of its own. */
  async lockAround(tx: Tx, sessionId: string, act: SessionAct): Promise<OpenSession> {
    const { disputeId } = await tx.get(MediationSession, sessionId);
    const matter = await this.matters.lock(tx, disputeId, `sessions.${act}`);
    const session = await tx.lock(MediationSession, sessionId);
    return this.open(tx, matter, session);
  }

  /** Reads a session for an act that only looks. */
  async read(tx: Tx, sessionId: string, act: string): Promise<OpenSession> {
    const session = await tx.get(MediationSession, sessionId);
    const matter = await this.matters.read(tx, session.disputeId, act);
    return this.open(tx, matter, session);
  }

  /** The state after the act, or the table's refusal (409). */
  next({ snapshot }: OpenSession, act: SessionAct, now: Date): SessionState {
    return sessionLifecycle.next(act, snapshot, now);
  }

  /** Writes the session's change, raises its version and leaves timeline and audit. */
  async settle(
    tx: Tx,
    { matter, session }: OpenSession,
    act: SessionAct,
    changes: Partial<MediationSession>,
    happening: { opinion?: string; details?: Readonly<Record<string, unknown>> } = {},
  ): Promise<SessionStanding> {
    await tx.update(MediationSession, session.id, changes);
    const state = changes.state ?? session.state;
    await this.matters.record(tx, matter.dispute, {
      act: `sessions.${act}`,
      fromState: session.state,
      toState: state,
      opinion: happening.opinion ?? null,
      objectType: 'session',
      objectId: session.id,
      details: { session: session.ordinal, ...happening.details },
    });
    return { id: session.id, state, version: session.version + 1 };
  }

  private async open(tx: Tx, matter: LoadedMatter, session: MediationSession): Promise<OpenSession> {
    const invitees = await loadInvitees(tx, session.disputeId, session.id);
    const { openEntries } = await tx.one<{ openEntries: number }>(
      `select count(*)::integer as "openEntries" from session_entry
        where dispute_id = $1 and session_id = $2 and ring = 'parties' and struck_at is null`,
      [session.disputeId, session.id],
    );
    const snapshot: SessionSnapshot = {
      state: session.state,
      endedAt: session.endedAt,
      mediatorsPresent: invitees.filter((i) => i.kind === 'mediator' && i.arrivedAt !== null).length,
      attendanceOpen: invitees.filter((i) => i.arrivedAt === null && i.absentReason === null).length,
      openEntries,
    };
    return { matter, session, invitees, snapshot };
  }
}

/** What every act on a session answers. */
export interface SessionStanding {
  readonly id: string;
  readonly state: SessionState;
  readonly version: number;
}

/** The invitee of that id on the list of the session; whoever is not on it is 404. */
export function inviteeOf({ invitees }: OpenSession, inviteeId: string): SessionInvitee {
  const invitee = invitees.find((i) => i.id === inviteeId);
  if (!invitee) throw notFound();
  return invitee;
}

/** Those of the parties' side who came confirm the record. */
export function owesConfirmation({ kind, arrivedAt }: Pick<SessionInvitee, 'kind' | 'arrivedAt'>): boolean {
  return (kind === 'party' || kind === 'representative') && arrivedAt !== null;
}

/** A time that lies ahead or before the thing it belongs to (422). */
export function wrongTime(code: string, detail: string, pointer: string): DomainError {
  return new DomainError('rule', code, detail, [{ pointer, code, detail }]);
}
