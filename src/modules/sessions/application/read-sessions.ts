import { Injectable } from '@nestjs/common';
import { calendarFile, endOfDay, type Grant, startOfDay } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { type LoadedMatter, Matters, SEALED_TITLE } from '../../disputes';
import {
  CONFIRMATIONS,
  ENTRY_KINDS,
  INVITEE_KINDS,
  PUBLICITIES,
  RINGS,
  SESSION_MODES,
  SESSION_RESULTS,
} from '../domain/dictionaries';
import { SESSION_STATES, type SessionSnapshot, sessionLifecycle } from '../domain/session-lifecycle';
import { latestPublicityChoices } from '../persistence/session-rows';
import type {
  MediationSession,
  SessionConcession,
  SessionEntry,
  SessionFact,
  SessionInvitee,
} from '../persistence/session.entity';
import { blockedActs } from './blocked-acts';
import { mayPerform } from './may-perform';
import { checkedSpan } from './rooms';
import { SessionDesk, owesConfirmation } from './session-desk';
import { writableRings } from './writable-rings';

export interface CalendarQuestion {
  readonly from: string;
  readonly to: string;
  /** `mine` when left out. */
  readonly scope?: 'mine' | 'center';
  readonly centerId?: string;
  /** Only sessions with this mediator or recorder on the list. */
  readonly accountId?: string;
  readonly roomId?: string;
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

interface Person {
  readonly kind: SessionInvitee['kind'];
  readonly name: string;
  readonly roleName: string;
}

/** People are null for whoever sees the header of a matter alone. */
type NamedRow = SessionRow & { readonly roomName: string | null; readonly people: readonly Person[] | null };

type CalendarRow = NamedRow & { readonly title: string; readonly caseNumber: string | null };

type MatterRow = NamedRow & SessionSnapshot;

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
      const roomName = await this.roomName(tx, session.slotId);
      const may = (by: readonly Grant[]): boolean => mayAct(tx.actor, by, matter.standing);
      tx.audit({
        act: 'sessions.read',
        objectType: 'session',
        objectId: sessionId,
        disputeId,
        chain: matter.dispute.centerId,
        details: { entries: entries.length, mediatorRing: entries.filter((e) => e.ring === 'mediator').length },
      });
      return {
        ...listed(Object.assign({ roomName, people: invitees }, session), matter.dispute),
        startedAt: session.startedAt?.toISOString() ?? null,
        endedAt: session.endedAt?.toISOString() ?? null,
        nextAt: session.nextAt?.toISOString() ?? null,
        recordedAt: session.recordedAt?.toISOString() ?? null,
        confirmedAt: session.confirmedAt?.toISOString() ?? null,
        cancelledAt: session.cancelledAt?.toISOString() ?? null,
        invitees: invitees.map(inviteeView),
        publicityChoices: choices.map(({ partyId, answer }) => ({
          partyId,
          choice: answer,
          choiceName: PUBLICITIES[answer as keyof typeof PUBLICITIES],
        })),
        entries: entries.map((entry) => ({
          ...entry,
          ringName: RINGS[entry.ring],
          kindName: ENTRY_KINDS[entry.kind],
          writtenAt: entry.writtenAt.toISOString(),
          revisedAt: entry.revisedAt?.toISOString() ?? null,
          struckAt: entry.struckAt?.toISOString() ?? null,
        })),
        undisputedFacts: facts.map((fact) => ({ ...fact, retractedAt: fact.retractedAt?.toISOString() ?? null })),
        allowedActs: sessionLifecycle.allowedActs(snapshot, tx.now, may).map((act) => `sessions.${act}`),
        readingActs: this.granted(matter, tx, [
          'sessions.read-concessions',
          'sessions.export-calendar',
          'preparation.read',
        ]),
        blockedActs: blockedActs(sessionLifecycle, snapshot, tx.now, may),
        writableRings: writableRings(matter),
      };
    });
  }

  /** The planned time as a file for somebody's own calendar. It leaves the program: no name of a party is in it. */
  async file(sessionId: string): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, session } = await this.desk.read(tx, sessionId, 'sessions.export-calendar');
      const { dispute } = matter;
      tx.audit({
        act: 'sessions.export-calendar',
        objectType: 'session',
        objectId: sessionId,
        disputeId: session.disputeId,
        chain: dispute.centerId,
        details: { session: session.ordinal },
      });
      const number = dispute.caseNumber ?? dispute.registrationNumber;
      return calendarFile({
        id: session.id,
        summary: `第${session.ordinal}次调解会 ${number}`,
        description: `${SESSION_MODES[session.mode]}调解，${PUBLICITIES[session.publicity]}。`,
        location: session.place,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        isCancelled: session.state === 'cancelled',
        sequence: session.version,
        madeAt: tx.now,
      });
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

  /** The sessions of a matter, in their order, what may be done with each, and whether another may be planned. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'sessions.read');
      const rows = await tx.query<MatterRow>(
        `select s.id, s.dispute_id as "disputeId", s.ordinal, s.state, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt",
                s.slot_id as "slotId", s.place, s.publicity, s.result, s.version, s.ended_at as "endedAt", r.name as "roomName",
                (select json_agg(json_build_object('kind', i.kind, 'name', i.name, 'roleName', i.role_name)
                          order by array_position(array['mediator', 'recorder', 'party', 'representative', 'participant', 'agency'], i.kind), i.id)
                   from session_invitee i where i.dispute_id = s.dispute_id and i.session_id = s.id and i.removed_at is null) as people,
                (select count(*)::integer from session_invitee i where i.dispute_id = s.dispute_id and i.session_id = s.id
                   and i.removed_at is null and i.kind = 'mediator' and i.arrived_at is not null) as "mediatorsPresent",
                (select count(*)::integer from session_invitee i where i.dispute_id = s.dispute_id and i.session_id = s.id
                   and i.removed_at is null and i.arrived_at is null and i.absent_reason is null) as "attendanceOpen",
                (select count(*)::integer from session_entry e where e.dispute_id = s.dispute_id and e.session_id = s.id
                   and e.ring = 'parties' and e.struck_at is null) as "openEntries"
           from mediation_session s left join center_slot r on r.id = s.slot_id
          where s.dispute_id = $1 order by s.ordinal`,
        [disputeId],
      );
      return {
        items: rows.map((row) => ({
          ...listed(row, matter.dispute),
          allowedActs: sessionLifecycle
            .allowedActs(row, tx.now, (by) => mayAct(tx.actor, by, matter.standing))
            .map((act) => `sessions.${act}`),
        })),
        allowedActs: this.matters.mediationAllows(matter, 'mediate', tx.now)
          ? this.granted(matter, tx, ['sessions.plan'])
          : [],
        readingActs: this.granted(matter, tx, ['sessions.find-free-slots', 'preparation.read']),
      };
    });
  }

  /**
   * Sessions whose planned time touches the days from `from` to `to`, both included, in the order of time.
   * `mine`: where the reader is on the list; `center`: all that row security shows.
   */
  async calendar({ from, to, scope = 'mine', centerId, accountId, roomId, limit = 50, cursor }: CalendarQuestion) {
    const [first, last] = checkedSpan(from, to);
    const [afterMs, afterId] = momentAfter(cursor);
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'sessions.calendar');
      const rows = await tx.query<CalendarRow>(
        `select s.id, s.dispute_id as "disputeId", s.ordinal, s.state, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt",
                s.slot_id as "slotId", s.place, s.publicity, s.result, s.version, r.name as "roomName",
                case when d.is_sealed then $9::text else d.title end as title, d.case_number as "caseNumber",
                (select json_agg(json_build_object('kind', i.kind, 'name', i.name, 'roleName', i.role_name)
                          order by array_position(array['mediator', 'recorder', 'party', 'representative', 'participant', 'agency'], i.kind), i.id)
                   from session_invitee i where i.dispute_id = s.dispute_id and i.session_id = s.id and i.removed_at is null and not d.is_sealed) as people
           from mediation_session s join dispute d on d.id = s.dispute_id left join center_slot r on r.id = s.slot_id
          where s.starts_at < $2 and s.ends_at > $1 and s.starts_at > $1::timestamptz - interval '24 hours'
            and ($3::uuid is null or d.center_id = $3 or d.handling_center_id = $3)
            and ($4::text = 'center' or exists (select 1 from session_invitee i
                  where i.session_id = s.id and i.account_id = $5 and i.removed_at is null))
            and ($10::uuid is null or exists (select 1 from session_invitee i
                  where i.session_id = s.id and i.account_id = $10 and i.removed_at is null))
            and ($11::uuid is null or s.slot_id = $11)
            and ($6::timestamptz is null or (s.starts_at, s.id) > ($6, $7::uuid))
          order by s.starts_at, s.id limit $8`,
        [
          startOfDay(first),
          endOfDay(last),
          centerId ?? null,
          scope,
          tx.actor.accountId,
          afterMs,
          afterId,
          limit + 1,
          SEALED_TITLE,
          accountId ?? null,
          roomId ?? null,
        ],
      );
      const page = pageOf(rows, limit, (row) => momentCursor(row.startsAt, row.id));
      return { items: page.items.map((row) => listed(row, row)), nextCursor: page.nextCursor };
    });
  }

  private granted({ standing }: LoadedMatter, tx: Tx, acts: readonly string[]): string[] {
    return acts.filter((act) => mayPerform(tx.actor, act, standing));
  }

  private async roomName(tx: Tx, slotId: string | null): Promise<string | null> {
    const [room] = await tx.query<{ name: string | null }>('select name from center_slot where id = $1', [slotId]);
    return room?.name ?? null;
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

function listed(row: NamedRow, { title, caseNumber }: Pick<CalendarRow, 'title' | 'caseNumber'>) {
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
    roomName: row.roomName,
    place,
    people: (row.people ?? []).map((person) => ({ kind: person.kind, name: person.name, roleName: person.roleName })),
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
    kindName: INVITEE_KINDS[kind],
    name,
    roleName,
    arrivedAt: invitee.arrivedAt?.toISOString() ?? null,
    leftAt: invitee.leftAt?.toISOString() ?? null,
    absentReason: invitee.absentReason,
    owesConfirmation: owesConfirmation(invitee),
    confirmation: invitee.confirmation,
    confirmationName: invitee.confirmation === null ? null : CONFIRMATIONS[invitee.confirmation],
    confirmedAt: invitee.confirmedAt?.toISOString() ?? null,
    confirmationNote: invitee.confirmationNote,
  };
}
