import { Injectable } from '@nestjs/common';
import { DomainError, type LegalDate, formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { DISPUTE_TYPES, type LoadedMatter, Matters, RISK_LEVELS, narrativeOf } from '../../disputes';
import { Parties, type PartySnapshot } from '../../parties';
import { INTERVIEWEE_KINDS, RINGS, type Ring } from '../domain/dictionaries';
import { POINT_KINDS, type PointKind, pointFault } from '../domain/preparation';
import type { InvestigationEntry } from '../persistence/investigation.entity';
import { PreparationPoint } from '../persistence/preparation.entity';
import { mayPerform } from './may-perform';
import { cuesOf } from './record-session';
import { mayWriteIn, writableRings } from './writable-rings';

export interface AddPointCommand {
  readonly ring: Ring;
  readonly kind: PointKind;
  readonly text: string;
  readonly partyId?: string;
  readonly onDate?: string;
  readonly amountFen?: number;
  readonly reference?: string;
}

/** Something said, by whom, where it stands, and who reads it. */
interface Account {
  readonly partyId: string | null;
  readonly ring: Ring;
  readonly source: string;
  readonly speaker: string;
  readonly at: Date;
  readonly text: string;
}

interface RecordRow {
  readonly number: number;
  readonly ring: Ring;
  readonly partyId: string | null;
  readonly intervieweeKind: keyof typeof INTERVIEWEE_KINDS;
  readonly intervieweeName: string;
  readonly startedAt: Date;
  readonly entries: readonly InvestigationEntry[];
}

interface StatementRow {
  readonly partyId: string | null;
  readonly ring: Ring;
  readonly ordinal: number;
  readonly speaker: string;
  readonly writtenAt: Date;
  readonly text: string;
}

interface OfferRow {
  readonly ring: Ring;
  readonly session: number;
  readonly madeBy: string;
  readonly text: string;
  readonly recordedAt: Date;
}

interface DateRow {
  readonly on: LegalDate;
  readonly text: string;
  readonly ring: Ring;
}

/** One page before a session: what is at stake, what each side says, what stands and what is open. */
@Injectable()
export class PrepareSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly assignments: Assignments,
  ) {}

  /** The sheet as far as the rings let the reader see; row security alone decides. The reading is audited. */
  async sheet(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'preparation.read');
      const { dispute } = matter;
      const words = await narrativeOf(tx, disputeId);
      const parties = await this.parties.list(tx, disputeId);
      const serving = await this.assignments.active(tx, disputeId);
      const points = await this.points(tx, disputeId);
      const accounts = [...(await this.heard(tx, disputeId)), ...(await this.stated(tx, disputeId))];
      const offers = mayPerform(tx.actor, 'sessions.read-concessions', matter.standing)
        ? await this.offers(tx, disputeId)
        : [];
      const facts = await tx.query<{ text: string; session: number }>(
        `select f.text, s.ordinal as session
           from session_fact f join mediation_session s on s.dispute_id = f.dispute_id and s.id = f.session_id
          where f.dispute_id = $1 and f.retracted_at is null order by s.ordinal, f.ordinal`,
        [disputeId],
      );
      tx.audit({
        act: 'preparation.read',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
        details: { points: points.length, accounts: accounts.length, offers: offers.length },
      });
      const mayAdd = mayPerform(tx.actor, 'preparation.add-point', matter.standing);
      const maySettle = mayPerform(tx.actor, 'preparation.settle-point', matter.standing);
      const view = (point: PreparationPoint) => ({
        ...pointView(point, parties),
        allowedActs: maySettle && point.settledAt === null ? ['preparation.settle-point'] : [],
      });
      const of = (...kinds: readonly PointKind[]) => points.filter((p) => kinds.includes(p.kind)).map(view);
      return {
        disputeId,
        title: dispute.title,
        caseNumber: dispute.caseNumber,
        registrationNumber: dispute.registrationNumber,
        disputeTypeName: dispute.disputeType === null ? null : DISPUTE_TYPES[dispute.disputeType],
        place: dispute.place,
        amountFen: dispute.amountFen,
        preparedAt: tx.now.toISOString(),
        mediators: serving.map(({ name, capacity }) => ({ name, isRecorder: capacity === 'recorder' })),
        narrative: words?.narrative ?? null,
        requests: words?.requests ?? null,
        issues: of('issue'),
        sides: sidesOf(parties, accounts, of('position')),
        others: accounts.filter((a) => a.partyId === null).map(accountView),
        dates: await this.dates(tx, matter, points),
        money: of('money'),
        undisputedFacts: facts,
        openFacts: of('open-fact'),
        law: of('law'),
        offers: offers.map((offer) => ({
          ...offer,
          ringName: RINGS[offer.ring],
          recordedAt: offer.recordedAt.toISOString(),
        })),
        riskLevel: dispute.riskLevel,
        riskLevelName: dispute.riskLevel === null ? null : RISK_LEVELS[dispute.riskLevel],
        riskCues: cuesOf([words?.narrative ?? '', words?.requests ?? '', ...accounts.map((a) => a.text)]),
        writableRings: mayAdd ? writableRings(matter) : [],
        allowedActs: mayAdd ? ['preparation.add-point'] : [],
      };
    });
  }

  /** Notes down a point in its ring. */
  async addPoint(disputeId: string, command: AddPointCommand) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'preparation.add-point');
      const { ring, kind, text, partyId, onDate, amountFen, reference } = command;
      if (!mayWriteIn(matter, ring)) {
        throw ruleViolation(
          'preparation.ring-not-yours',
          '“仅调解员可见”的内容只能由本事项的调解员、记录人书写。',
          '/ring',
        );
      }
      const fault = pointFault(command);
      if (fault) throw ruleViolation(`preparation.${fault.code}`, fault.message, `/${fault.field}`);
      if (partyId !== undefined && !(await this.parties.list(tx, disputeId)).some((p) => p.id === partyId)) {
        throw ruleViolation('preparation.not-a-party', '所选当事人不在本事项的名单中。', '/partyId');
      }
      const id = uuidv7();
      await tx.insert(PreparationPoint, {
        id,
        disputeId,
        ring,
        kind,
        text,
        partyId: partyId ?? null,
        onDate: onDate ?? null,
        amountFen: amountFen ?? null,
        reference: reference ?? null,
        writtenBy: tx.actor.accountId ?? '',
        writtenByName: tx.actor.displayName ?? '',
        writtenAt: tx.now,
        settledAt: null,
        settlement: null,
        version: 1,
      });
      // The words stay in their ring: the timeline is read beyond it.
      await this.matters.record(tx, matter.dispute, {
        act: 'preparation.add-point',
        objectType: 'preparation-point',
        objectId: id,
        details: { kind, ring },
      });
      return { id, version: 1 };
    });
  }

  /** A fact was found out, an issue settled, a point given up: it stays on the sheet, marked. */
  async settlePoint(pointId: string, settlement: string) {
    return this.unitOfWork.run(async (tx) => {
      const { disputeId } = await tx.get(PreparationPoint, pointId);
      const matter = await this.matters.lock(tx, disputeId, 'preparation.settle-point');
      const point = await tx.lock(PreparationPoint, pointId);
      tx.checkVersion(point);
      if (point.settledAt !== null) {
        throw new DomainError('conflict', 'preparation.settled-already', '该条已经了结，不必重复登记。');
      }
      await tx.update(PreparationPoint, pointId, { settledAt: tx.now, settlement });
      await this.matters.record(tx, matter.dispute, {
        act: 'preparation.settle-point',
        objectType: 'preparation-point',
        objectId: pointId,
        details: { kind: point.kind, ring: point.ring },
      });
      return { id: pointId, version: point.version + 1 };
    });
  }

  private async points(tx: Tx, disputeId: string): Promise<PreparationPoint[]> {
    return tx.query<PreparationPoint>(
      `select id, dispute_id as "disputeId", ring, kind, text, party_id as "partyId", on_date as "onDate",
              amount_fen as "amountFen", reference, written_by as "writtenBy", written_by_name as "writtenByName",
              written_at as "writtenAt", settled_at as "settledAt", settlement, version
         from preparation_point where dispute_id = $1 order by written_at, id`,
      [disputeId],
    );
  }

  /** What people said when they were heard: the latest version of each record that the ring shows. */
  private async heard(tx: Tx, disputeId: string): Promise<Account[]> {
    const rows = await tx.query<RecordRow>(
      `select number, ring, party_id as "partyId", interviewee_kind as "intervieweeKind", interviewee_name as "intervieweeName",
              started_at as "startedAt", entries
         from investigation_record
        where dispute_id = $1 and state in ('draft', 'confirmed') order by number, revision`,
      [disputeId],
    );
    return rows.flatMap((row) => {
      const said = row.entries.filter((e) => e.kind !== 'question').map((e) => e.text);
      if (said.length === 0) return [];
      return [
        {
          partyId: row.partyId,
          ring: row.ring,
          source: `第${row.number}号调查记录`,
          speaker: row.intervieweeName,
          at: row.startedAt,
          text: said.join('\n'),
        },
      ];
    });
  }

  /** What was said at earlier sessions, struck words left out. */
  private async stated(tx: Tx, disputeId: string): Promise<Account[]> {
    const rows = await tx.query<StatementRow>(
      `select i.party_id as "partyId", e.ring, s.ordinal, e.speaker, e.written_at as "writtenAt", e.text
         from session_entry e join mediation_session s on s.dispute_id = e.dispute_id and s.id = e.session_id
         left join session_invitee i on i.dispute_id = e.dispute_id and i.id = e.invitee_id
        where e.dispute_id = $1 and e.struck_at is null and e.kind in ('statement', 'answer', 'proposal')
        order by s.ordinal, e.ordinal`,
      [disputeId],
    );
    return rows.map(({ partyId, ring, ordinal, speaker, writtenAt, text }) => ({
      partyId,
      ring,
      source: `第${ordinal}次调解`,
      speaker,
      at: writtenAt,
      text,
    }));
  }

  private async offers(tx: Tx, disputeId: string): Promise<OfferRow[]> {
    return tx.query<OfferRow>(
      `select c.ring, s.ordinal as session, c.made_by as "madeBy", c.text, c.recorded_at as "recordedAt"
         from session_concession c join mediation_session s on s.dispute_id = c.dispute_id and s.id = c.session_id
        where c.dispute_id = $1 order by c.recorded_at, c.id`,
      [disputeId],
    );
  }

  /** The days of the matter and those noted down, in their order. */
  private async dates(tx: Tx, { dispute }: LoadedMatter, points: readonly PreparationPoint[]) {
    const sessions = await tx.query<{ ordinal: number; startsAt: Date; nextAt: Date | null; state: string }>(
      `select ordinal, coalesce(started_at, starts_at) as "startsAt", next_at as "nextAt", state
         from mediation_session where dispute_id = $1 and state <> 'cancelled' order by ordinal`,
      [dispute.id],
    );
    const [period] = await tx.query<{ dueOn: LegalDate | null }>(
      'select current_due_on as "dueOn" from mediation_period where dispute_id = $1 and ended_at is null',
      [dispute.id],
    );
    const own = (at: Date | null | undefined, text: string): DateRow[] =>
      at ? [{ on: legalDateFromInstant(at), text, ring: 'parties' }] : [];
    const rows: DateRow[] = [
      ...own(dispute.registeredAt, '登记'),
      ...own(dispute.acceptedAt, '受理'),
      ...sessions.flatMap((s) => own(s.startsAt, `第${s.ordinal}次调解会`)),
      ...(period?.dueOn ? [{ on: period.dueOn, text: '调解期限届满', ring: 'parties' as const }] : []),
      ...points.flatMap((p) => (p.onDate === null ? [] : [{ on: p.onDate as LegalDate, text: p.text, ring: p.ring }])),
    ];
    return rows
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .map(({ on, text, ring }) => ({ on, name: formatLegalDateCn(on), text, ring, ringName: RINGS[ring] }));
  }
}

/** Each active party with what it said and what is noted as its position. */
function sidesOf<Position extends { readonly partyId: string | null }>(
  parties: readonly PartySnapshot[],
  accounts: readonly Account[],
  positions: readonly Position[],
) {
  return parties
    .filter((p) => p.isActive)
    .map(({ id, name, isMinor, consent, representatives }) => ({
      partyId: id,
      name,
      isMinor,
      consent,
      representatives: representatives.map((r) => r.name),
      accounts: accounts.filter((a) => a.partyId === id).map(accountView),
      positions: positions.filter((p) => p.partyId === id),
    }));
}

function accountView({ ring, source, speaker, at, text }: Account) {
  return { ring, ringName: RINGS[ring], source, speaker, at: at.toISOString(), text };
}

function pointView(point: PreparationPoint, parties: readonly PartySnapshot[]) {
  const { id, ring, kind, text, partyId, onDate, amountFen, reference, writtenByName, settlement, version } = point;
  return {
    id,
    ring,
    ringName: RINGS[ring],
    kind,
    kindName: POINT_KINDS[kind],
    text,
    partyId,
    partyName: parties.find((p) => p.id === partyId)?.name ?? null,
    onDate,
    amountFen,
    reference,
    writtenByName,
    writtenAt: point.writtenAt.toISOString(),
    settledAt: point.settledAt?.toISOString() ?? null,
    settlement,
    version,
  };
}
