import { Injectable } from '@nestjs/common';
import { type LegalDate, addDays, daysBetween, endOfDay, ruleViolation, startOfDay } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { Matters, SEALED_TITLE } from '../../disputes';
import { PUBLICITIES, RINGS, SESSION_MODES, SESSION_RESULTS } from '../domain/dictionaries';
import { SESSION_STATES, sessionLifecycle } from '../domain/session-lifecycle';
import { latestPublicityChoices } from '../persistence/session-rows';
import type {
  MediationSession,
  SessionConcession,
  SessionEntry,
  SessionFact,
  SessionInvitee,
} from '../persistence/session.entity';
import { SessionDesk, malformedCursor } from './session-desk';

export interface CalendarQuestion {
  readonly from: string;
  readonly to: string;
  /** `mine` when left out. */
  readonly scope?: 'mine' | 'center';
  readonly centerId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

type SessionRow = Pick<
  MediationSession,
  | 'id'
  | 'disputeId'
  | 'ordinal'
  | 'state'
  | 'mode'
  | 'startsAt'
  | 'endsAt'
  | 'slotId'
  | 'place'
  | 'publicity'
  | 'result'
  | 'version'
>;

type CalendarRow = SessionRow & { readonly title: string; readonly caseNumber: string | null };

/** A calendar page shows at most this many days. */
const LONGEST_SPAN_DAYS = 62;

/** Sessions for those who look: one in full, those of a matter, a calendar. */
@Injectable()
export class ReadSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: SessionDesk,
  ) {}

  /** One session with people, words and facts, each as far as its ring lets the reader see. The reading is audited. */
  async one(sessionId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, session, invitees, snapshot } = await this.desk.read(tx, sessionId, 'sessions.read');
      const { disputeId } = session;
      const entries = await this.entries(tx, session);
      const facts = await tx.query<Pick<SessionFact, 'id' | 'ordinal' | 'text' | 'retractedAt'>>(
        `select id, ordinal, text, retracted_at as "retractedAt" from session_fact
          where dispute_id = $1 and session_id = $2 order by ordinal`,
        [disputeId, sessionId],
      );
      const choices = await latestPublicityChoices(tx, disputeId, sessionId);
      tx.audit({
        act: 'sessions.read',
        objectType: 'session',
        objectId: sessionId,
        disputeId,
        chain: matter.dispute.centerId,
        details: { entries: entries.length, mediatorRing: entries.filter((e) => e.ring === 'mediator').length },
      });
      return {
        ...listed(session, matter.dispute),
        startedAt: session.startedAt?.toISOString() ?? null,
        endedAt: session.endedAt?.toISOString() ?? null,
        nextAt: session.nextAt?.toISOString() ?? null,
        recordedAt: session.recordedAt?.toISOString() ?? null,
        confirmedAt: session.confirmedAt?.toISOString() ?? null,
        cancelledAt: session.cancelledAt?.toISOString() ?? null,
        invitees: invitees.map(inviteeView),
        publicityChoices: choices.map(({ partyId, answer }) => ({ partyId, choice: answer })),
        entries: entries.map((entry) => ({
          ...entry,
          ringName: RINGS[entry.ring],
          writtenAt: entry.writtenAt.toISOString(),
          revisedAt: entry.revisedAt?.toISOString() ?? null,
          struckAt: entry.struckAt?.toISOString() ?? null,
        })),
        undisputedFacts: facts.map((fact) => ({ ...fact, retractedAt: fact.retractedAt?.toISOString() ?? null })),
        allowedActs: sessionLifecycle
          .allowedActs(snapshot, tx.now, (by) => mayAct(tx.actor, by, matter.standing))
          .map((act) => `sessions.${act}`),
      };
    });
  }

  /** The concessions of a session, for those in whose ring they stand. The reading is audited. */
  async concessions(sessionId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, session } = await this.desk.read(tx, sessionId, 'sessions.read-concessions');
      const rows = await tx.query<
        Pick<SessionConcession, 'id' | 'ring' | 'inviteeId' | 'madeBy' | 'text' | 'recordedAt'>
      >(
        `select id, ring, invitee_id as "inviteeId", made_by as "madeBy", text, recorded_at as "recordedAt"
           from session_concession where dispute_id = $1 and session_id = $2 order by recorded_at, id`,
        [session.disputeId, sessionId],
      );
      tx.audit({
        act: 'sessions.read-concessions',
        objectType: 'session',
        objectId: sessionId,
        disputeId: session.disputeId,
        chain: matter.dispute.centerId,
        details: { concessions: rows.length },
      });
      return rows.map((row) => ({ ...row, ringName: RINGS[row.ring], recordedAt: row.recordedAt.toISOString() }));
    });
  }

  /** The sessions of a matter, in their order. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'sessions.read');
      const rows = await tx.query<SessionRow>(
        `select id, dispute_id as "disputeId", ordinal, state, mode, starts_at as "startsAt", ends_at as "endsAt",
                slot_id as "slotId", place, publicity, result, version
           from mediation_session where dispute_id = $1 order by ordinal`,
        [disputeId],
      );
      return rows.map((row) => listed(row, dispute));
    });
  }

  /**
   * Sessions whose planned time touches the days from `from` to `to`, both included, in the order of time.
   * `mine`: where the reader is on the list; `center`: all that row security shows.
   */
  async calendar({ from, to, scope = 'mine', centerId, limit = 50, cursor }: CalendarQuestion) {
    const span = daysBetween(from as LegalDate, to as LegalDate);
    if (span < 0) throw ruleViolation('sessions.span-reversed', '结束日期早于开始日期，请核对。', '/to');
    if (span >= LONGEST_SPAN_DAYS) {
      throw ruleViolation('sessions.span-too-long', `一次最多查看${LONGEST_SPAN_DAYS}天，请缩短时间范围。`, '/to');
    }
    const [afterMs, afterId] = cursorParts(cursor);
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'sessions.calendar');
      const rows = await tx.query<CalendarRow>(
        `select s.id, s.dispute_id as "disputeId", s.ordinal, s.state, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt",
                s.slot_id as "slotId", s.place, s.publicity, s.result, s.version,
                case when d.is_sealed then $9::text else d.title end as title, d.case_number as "caseNumber"
           from mediation_session s join dispute d on d.id = s.dispute_id
          where s.starts_at < $2 and s.ends_at > $1 and s.starts_at > $1::timestamptz - interval '24 hours'
            and ($3::uuid is null or d.center_id = $3 or d.handling_center_id = $3)
            and ($4::text = 'center' or exists (select 1 from session_invitee i
                  where i.session_id = s.id and i.account_id = $5 and i.removed_at is null))
            and ($6::timestamptz is null or (s.starts_at, s.id) > ($6, $7::uuid))
          order by s.starts_at, s.id limit $8`,
        [
          startOfDay(from as LegalDate),
          endOfDay(addDays(from as LegalDate, span)),
          centerId ?? null,
          scope,
          tx.actor.accountId,
          afterMs,
          afterId,
          limit + 1,
          SEALED_TITLE,
        ],
      );
      const page = pageOf(rows, limit, (row) => `${row.startsAt.getTime()}_${row.id}`);
      return { items: page.items.map((row) => listed(row, row)), nextCursor: page.nextCursor };
    });
  }

  private async entries(tx: Tx, { id, disputeId }: MediationSession) {
    return tx.query<
      Pick<
        SessionEntry,
        | 'id'
        | 'ordinal'
        | 'ring'
        | 'kind'
        | 'inviteeId'
        | 'speaker'
        | 'text'
        | 'writtenAt'
        | 'revisedAt'
        | 'struckAt'
        | 'version'
      >
    >(
      `select id, ordinal, ring, kind, invitee_id as "inviteeId", speaker, text, written_at as "writtenAt",
              revised_at as "revisedAt", struck_at as "struckAt", version
         from session_entry where dispute_id = $1 and session_id = $2 order by ordinal`,
      [disputeId, id],
    );
  }
}

function listed(row: SessionRow, { title, caseNumber }: Pick<CalendarRow, 'title' | 'caseNumber'>) {
  const { id, disputeId, ordinal, state, mode, slotId, place, publicity, result, version } = row;
  return {
    id,
    disputeId,
    title,
    caseNumber,
    ordinal,
    state,
    stateName: SESSION_STATES[state],
    mode,
    modeName: SESSION_MODES[mode],
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    slotId,
    place,
    publicity,
    publicityName: PUBLICITIES[publicity],
    result,
    resultName: result === null ? null : SESSION_RESULTS[result],
    version,
  };
}

function inviteeView(invitee: SessionInvitee) {
  const { id, kind, partyId, representativeId, participantId, accountId, agencyId, name, roleName } = invitee;
  return {
    id,
    kind,
    partyId,
    representativeId,
    participantId,
    accountId,
    agencyId,
    name,
    roleName,
    arrivedAt: invitee.arrivedAt?.toISOString() ?? null,
    leftAt: invitee.leftAt?.toISOString() ?? null,
    absentReason: invitee.absentReason,
    confirmation: invitee.confirmation,
    confirmedAt: invitee.confirmedAt?.toISOString() ?? null,
    confirmationNote: invitee.confirmationNote,
  };
}

const CURSOR = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws DomainError 400 for a cursor that no page of this list has answered */
function cursorParts(cursor: string | undefined): [Date | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [, ms, id] = CURSOR.exec(cursor) ?? [];
  if (ms === undefined || id === undefined) throw malformedCursor();
  return [new Date(Number(ms)), id];
}
