import { Injectable } from '@nestjs/common';
import { findEscalationCues, notFound, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { Confirmation, EntryKind, Ring, SessionResult } from '../domain/dictionaries';
import { isNarrower } from '../domain/rings';
import { SessionConcession, SessionEntry, SessionFact, SessionInvitee } from '../persistence/session.entity';
import {
  type OpenSession,
  SessionDesk,
  type SessionStanding,
  inviteeOf,
  owesConfirmation,
  wrongTime,
} from './session-desk';

export interface EntryCommand {
  readonly ring: Ring;
  readonly kind: EntryKind;
  readonly inviteeId?: string;
  readonly speaker?: string;
  readonly text: string;
}

export interface ConcessionCommand {
  readonly ring?: Ring;
  readonly inviteeId?: string;
  readonly madeBy?: string;
  readonly text: string;
}

export interface ReviseEntryCommand {
  readonly text?: string;
  readonly isStruck?: boolean;
  readonly ring?: Ring;
}

export interface RecordCommand {
  readonly result: SessionResult;
  readonly nextAt?: string;
}

export interface ConfirmationCommand {
  readonly inviteeId: string;
  readonly method: Confirmation;
  readonly note?: string;
}

/** The words of a session: what was said, what nobody disputes, what was offered, how it ended. */
@Injectable()
export class RecordSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: SessionDesk,
  ) {}

  /** Adds entries, each attributed to a person and each in its ring. Answers with the cues of escalation met in them. */
  async write(sessionId: string, entries: readonly EntryCommand[]) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'write');
      this.desk.next(open, 'write', tx.now);
      const { disputeId } = open.session;
      const { last } = await tx.one<{ last: number }>(
        'select coalesce(max(ordinal), 0) as last from session_entry where dispute_id = $1 and session_id = $2',
        [disputeId, sessionId],
      );
      const written: { id: string; ordinal: number }[] = [];
      for (const [i, { ring, kind, inviteeId, speaker, text }] of entries.entries()) {
        const id = uuidv7();
        await tx.insert(SessionEntry, {
          id,
          disputeId,
          sessionId,
          ordinal: last + 1 + i,
          ring,
          kind,
          inviteeId: inviteeId ?? null,
          speaker: speakerOf(open, inviteeId, speaker, `/entries/${i}/speaker`),
          text,
          writtenBy: tx.actor.accountId ?? '',
          writtenAt: tx.now,
          version: 1,
        });
        written.push({ id, ordinal: last + 1 + i });
      }
      const standing = await this.desk.settle(tx, open, 'write', {}, { details: { entries: entries.length } });
      return { ...standing, entries: written, cues: cuesOf(entries.map((e) => e.text)) };
    });
  }

  /** Corrects, strikes or narrows one entry while the record is not yet confirmed. A struck entry stays, marked. */
  async reviseEntry(entryId: string, { text, isStruck, ring }: ReviseEntryCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { sessionId } = await tx.get(SessionEntry, entryId);
      const open = await this.desk.lockAround(tx, sessionId, 'revise-entry');
      this.desk.next(open, 'revise-entry', tx.now);
      if (text === undefined && isStruck === undefined && ring === undefined) {
        throw ruleViolation('sessions.nothing-to-revise', '请填写要更正的内容、是否划去，或新的可见范围。', '/text');
      }
      const entry = await tx.lock(SessionEntry, entryId);
      tx.checkVersion(entry);
      if (ring !== undefined && !isNarrower(ring, entry.ring)) {
        throw ruleViolation(
          'sessions.ring-not-narrower',
          '可见范围只能缩小，不能扩大。需要让更多人看到的，请另写一条。',
          '/ring',
        );
      }
      await tx.update(SessionEntry, entryId, {
        text,
        ring,
        revisedAt: tx.now,
        struckAt: isStruck === undefined ? undefined : isStruck ? tx.now : null,
      });
      await this.desk.settle(
        tx,
        open,
        'revise-entry',
        {},
        {
          details: {
            ordinal: entry.ordinal,
            isRewritten: text !== undefined,
            isStruck: isStruck ?? null,
            ring: ring ?? null,
          },
        },
      );
      return { id: entryId, version: entry.version + 1 };
    });
  }

  /** Writes down what no party disputes. */
  async stateFacts(sessionId: string, facts: readonly string[]) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'state-facts');
      this.desk.next(open, 'state-facts', tx.now);
      const { disputeId } = open.session;
      const { last } = await tx.one<{ last: number }>(
        'select coalesce(max(ordinal), 0) as last from session_fact where dispute_id = $1 and session_id = $2',
        [disputeId, sessionId],
      );
      const ids: string[] = [];
      for (const [i, text] of facts.entries()) {
        const id = uuidv7();
        await tx.insert(SessionFact, {
          id,
          disputeId,
          sessionId,
          ordinal: last + 1 + i,
          text,
          recordedBy: tx.actor.accountId,
          recordedAt: tx.now,
        });
        ids.push(id);
      }
      const standing = await this.desk.settle(tx, open, 'state-facts', {}, { details: { facts: facts.length } });
      return { ...standing, factIds: ids };
    });
  }

  /** A fact turned out to be disputed after all. It stays, marked. */
  async retractFact(factId: string): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { sessionId } = await tx.get(SessionFact, factId);
      const open = await this.desk.lock(tx, sessionId, 'retract-fact');
      this.desk.next(open, 'retract-fact', tx.now);
      const fact = await tx.lock(SessionFact, factId);
      await tx.update(SessionFact, factId, { retractedAt: fact.retractedAt ?? tx.now });
      return this.desk.settle(tx, open, 'retract-fact', {}, { details: { ordinal: fact.ordinal } });
    });
  }

  /** Notes an offer or concession, apart from the record: privileged, for the mediator unless said otherwise. */
  async noteConcession(sessionId: string, { ring, inviteeId, madeBy, text }: ConcessionCommand) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'note-concession');
      this.desk.next(open, 'note-concession', tx.now);
      const id = uuidv7();
      await tx.insert(SessionConcession, {
        id,
        disputeId: open.session.disputeId,
        sessionId,
        ring: ring ?? 'mediator',
        inviteeId: inviteeId ?? null,
        madeBy: speakerOf(open, inviteeId, madeBy, '/madeBy'),
        text,
        recordedBy: tx.actor.accountId ?? '',
        recordedAt: tx.now,
      });
      const standing = await this.desk.settle(
        tx,
        open,
        'note-concession',
        {},
        { details: { ring: ring ?? 'mediator' } },
      );
      return { ...standing, concessionId: id };
    });
  }

  /**
   * Records how the session ended. 调解成功 moves the mediation on to the agreement; 调解不成 leaves it where it is
   * until it is ended with its reasons and the other routes told (人民调解法第二十六条); 有待继续调解 names the next time.
   */
  async record(sessionId: string, { result, nextAt }: RecordCommand): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'record');
      const state = this.desk.next(open, 'record', tx.now);
      const { session, matter } = open;
      const next = nextAt === undefined ? null : new Date(nextAt);
      if (result === 'to-be-continued' && (next === null || next <= tx.now)) {
        throw wrongTime('sessions.next-missing', '有待继续调解的，请填写下次调解的时间。', '/nextAt');
      }
      if (result !== 'to-be-continued' && next !== null) {
        throw wrongTime('sessions.next-not-due', '只有“有待继续调解”才填写下次调解的时间。', '/nextAt');
      }
      if (result === 'agreed' && presentParties(open).size < 2) {
        throw ruleViolation(
          'sessions.too-few-present',
          '登记到场的当事人不足两方，不能记为调解成功。请核对到场情况。',
          '/result',
        );
      }
      const standing = await this.desk.settle(
        tx,
        open,
        'record',
        { state, result, nextAt: next, recordedAt: tx.now, recordedBy: tx.actor.accountId },
        { details: { result, nextAt: next?.toISOString() ?? null } },
      );
      // A second session of the same round may find the agreement being drafted already.
      if (result === 'agreed' && matter.dispute.mediationState !== 'drafting') {
        await this.matters.advanceMediation(tx, session.disputeId, 'agree-in-session', { to: 'drafting' });
      }
      tx.send({ topic: 'sessions.recorded', payload: { disputeId: session.disputeId, sessionId, result } });
      return standing;
    });
  }

  /** Those of the parties’ side who came confirm the record, or refuse to: nobody is left out. */
  async confirm(sessionId: string, confirmations: readonly ConfirmationCommand[]): Promise<SessionStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.desk.lock(tx, sessionId, 'confirm');
      const state = this.desk.next(open, 'confirm', tx.now);
      const owed = open.invitees.filter(owesConfirmation);
      for (const [i, { inviteeId, method, note }] of confirmations.entries()) {
        const invitee = inviteeOf(open, inviteeId);
        if (!owed.includes(invitee)) {
          throw ruleViolation(
            'sessions.not-to-confirm',
            `${invitee.name}没有到场或不是当事人一方，不需要核对。`,
            `/confirmations/${i}`,
          );
        }
        if (method !== 'read' && note === undefined) {
          const what = method === 'aloud' ? '念给当事人听的，请写明见证人。' : '拒绝核对签名的，请写明原因。';
          throw ruleViolation('sessions.confirmation-unexplained', what, `/confirmations/${i}/note`);
        }
        await tx.update(SessionInvitee, inviteeId, {
          confirmation: method,
          confirmedAt: tx.now,
          confirmationNote: note ?? null,
        });
      }
      const missing = owed.filter((i) => !confirmations.some((c) => c.inviteeId === i.id));
      if (missing.length > 0) {
        const names = missing.map((i) => i.name).join('、');
        throw ruleViolation(
          'sessions.confirmation-missing',
          `还没有核对记录：${names}。请逐人核对，拒绝的写明原因。`,
          '/confirmations',
        );
      }
      return this.desk.settle(
        tx,
        open,
        'confirm',
        { state, confirmedAt: tx.now },
        {
          details: {
            confirmed: confirmations.length,
            refused: confirmations.filter((c) => c.method === 'refused').length,
          },
        },
      );
    });
  }
}

/** Active parties who took part themselves or through a representative. */
function presentParties({ invitees }: OpenSession): Set<string> {
  return new Set(
    invitees.flatMap(({ partyId, arrivedAt }) => (partyId !== null && arrivedAt !== null ? [partyId] : [])),
  );
}

function speakerOf(
  open: OpenSession,
  inviteeId: string | undefined,
  speaker: string | undefined,
  pointer: string,
): string {
  const name = speaker ?? (inviteeId === undefined ? undefined : open.invitees.find((i) => i.id === inviteeId)?.name);
  if (inviteeId !== undefined && !open.invitees.some((i) => i.id === inviteeId)) throw notFound();
  if (name === undefined) throw ruleViolation('sessions.speaker-missing', '请选择或填写说话的人。', pointer);
  return name;
}

/** Words that hint at violence or self-harm, for the desk to report at once (人民调解法第二十五条). */
export function cuesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => findEscalationCues(text).map((cue) => cue.word)))];
}
