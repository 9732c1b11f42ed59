import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, nextNumber, uuidv7 } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { type LoadedMatter, Matters } from '../../disputes';
import { type PaperSnapshot, Papers } from '../../documents';
import { Parties } from '../../parties';
import { type Confirmation, type IntervieweeKind, type InvestigationMode, type Ring } from '../domain/dictionaries';
import {
  type InvestigationAct,
  type InvestigationSnapshot,
  type InvestigationState,
  investigationLifecycle,
} from '../domain/investigation-lifecycle';
import { isNarrower } from '../domain/rings';
import { type InvestigationEntry, InvestigationRecord } from '../persistence/investigation.entity';
import { cuesOf } from './record-session';
import { wrongTime } from './session-desk';

export interface OpenRecordCommand {
  readonly ring: Ring;
  readonly mode: InvestigationMode;
  readonly intervieweeKind: IntervieweeKind;
  readonly partyId?: string;
  readonly intervieweeName?: string;
  readonly relation?: string;
  readonly startedAt: string;
  readonly place: string;
  readonly investigatorIds?: readonly string[];
  readonly recorderId?: string;
  readonly interpreterName?: string;
  readonly present?: readonly string[];
}

export interface WriteRecordCommand {
  readonly entries: readonly InvestigationEntry[];
  readonly endedAt?: string;
  readonly present?: readonly string[];
}

export interface ConfirmRecordCommand {
  readonly method: Confirmation;
  readonly confirmedByName?: string;
  readonly note?: string;
}

interface RecordStanding {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
  readonly state: InvestigationState;
  readonly version: number;
}

interface OpenRecord {
  readonly matter: LoadedMatter;
  readonly record: InvestigationRecord;
  readonly snapshot: InvestigationSnapshot;
}

/** What papers call the thing they are about. */
export const RECORD_SUBJECT = 'investigation-record';

/** Counted over the whole life of a matter, so that no year goes with it. */
const NO_YEAR = 0;

/** Hearing one person, in a ring of visibility chosen before the first word. */
@Injectable()
export class Investigate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly assignments: Assignments,
    private readonly papers: Papers,
  ) {}

  /** Opens an empty record and gives it its number. The first one moves the mediation to 调查中. */
  async open(disputeId: string, command: OpenRecordCommand): Promise<RecordStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'investigations.open');
      this.matters.checkMediation(matter, 'investigate', tx.now);
      const { dispute } = matter;
      const startedAt = new Date(command.startedAt);
      if (startedAt > tx.now) throw wrongTime('investigations.in-the-future', '调查时间不能晚于现在。', '/startedAt');
      if (startedAt < dispute.registeredAt) {
        throw wrongTime('investigations.before-registration', '调查时间不能早于登记时间，请核对日期。', '/startedAt');
      }
      const record: InvestigationRecord = Object.assign(new InvestigationRecord(), {
        id: uuidv7(),
        disputeId,
        number: await nextNumber(tx, disputeId, 'investigation-record', NO_YEAR),
        revision: 1,
        supersedesId: null,
        ring: command.ring,
        state: 'draft',
        reason: null,
        mode: command.mode,
        ...(await this.person(tx, disputeId, command)),
        startedAt,
        endedAt: null,
        place: command.place,
        ...(await this.staff(tx, disputeId, command)),
        interpreterName: command.interpreterName ?? null,
        present: [...(command.present ?? [])],
        entries: [],
        confirmation: null,
        confirmedByName: null,
        confirmationNote: null,
        confirmedAt: null,
        openedBy: tx.actor.accountId,
        openedAt: tx.now,
        version: 1,
      });
      await tx.insert(InvestigationRecord, record);
      await this.note(tx, matter, record, 'open', null, 'draft', {
        ring: record.ring,
        intervieweeKind: record.intervieweeKind,
      });
      if (dispute.mediationState === 'assigned') {
        await this.matters.advanceMediation(tx, disputeId, 'investigate', { to: 'investigating' });
      }
      return standingOf(record);
    });
  }

  /** Puts the questions and answers of a draft, whole: what is sent replaces what was there. */
  async write(recordId: string, { entries, endedAt, present }: WriteRecordCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, record, snapshot } = await this.lock(tx, recordId, 'write');
      investigationLifecycle.next('write', snapshot, tx.now);
      const ended = endedAt === undefined ? record.endedAt : new Date(endedAt);
      if (ended !== null && (ended <= record.startedAt || ended > tx.now)) {
        throw wrongTime('investigations.wrong-end', '结束时间应晚于开始时间，且不能晚于现在。', '/endedAt');
      }
      await tx.update(InvestigationRecord, recordId, {
        entries: entries.map(({ kind, speaker, text }) => ({ kind, speaker, text })),
        endedAt: ended,
        present: present === undefined ? undefined : [...present],
      });
      await this.note(tx, matter, record, 'write', 'draft', 'draft', { entries: entries.length });
      return { ...standingOf(record), version: record.version + 1, cues: cuesOf(entries.map((e) => e.text)) };
    });
  }

  /** The person heard confirms: “以上记录看过（念过）无误”. From then on only a new version can change it. */
  async confirm(recordId: string, { method, confirmedByName, note }: ConfirmRecordCommand): Promise<RecordStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, record, snapshot } = await this.lock(tx, recordId, 'confirm');
      const state = investigationLifecycle.next('confirm', snapshot, tx.now);
      if (method !== 'read' && note === undefined) {
        const what = method === 'aloud' ? '念给被调查人听的，请写明见证人。' : '拒绝核对签名的，请写明原因。';
        throw ruleViolation('investigations.confirmation-unexplained', what, '/note');
      }
      await tx.update(InvestigationRecord, recordId, {
        state,
        confirmation: method,
        confirmedByName: confirmedByName ?? record.intervieweeName,
        confirmationNote: note ?? null,
        confirmedAt: tx.now,
      });
      if (record.supersedesId !== null) await this.supersede(tx, matter, record.supersedesId);
      await this.note(tx, matter, record, 'confirm', 'draft', state, { method, revision: record.revision });
      return { ...standingOf(record), state, version: record.version + 1 };
    });
  }

  /** Begins a new version of a confirmed record, with its words; the old one counts until the new one is confirmed. */
  async amend(recordId: string, reason: string): Promise<RecordStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, record, snapshot } = await this.lock(tx, recordId, 'amend');
      investigationLifecycle.next('amend', snapshot, tx.now);
      const copy = await this.copy(tx, record, record.ring, reason);
      await this.note(tx, matter, record, 'amend', record.state, record.state, { revision: copy.revision });
      return standingOf(copy);
    });
  }

  /**
   * Takes a record out of sight of those who should not have had it: a new draft in the narrower ring takes its place,
   * and everything kept under its number goes into that ring too.
   */
  async narrow(recordId: string, ring: Ring, reason: string): Promise<RecordStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, record, snapshot } = await this.lock(tx, recordId, 'narrow');
      const state = investigationLifecycle.next('narrow', snapshot, tx.now);
      if (!isNarrower(ring, record.ring)) {
        throw ruleViolation(
          'investigations.ring-not-narrower',
          '可见范围只能缩小，不能扩大。需要让更多人看到的，请另作记录。',
          '/ring',
        );
      }
      await this.refuseOverPapers(tx, record);
      const copy = await this.copy(tx, record, ring, reason);
      await tx.update(InvestigationRecord, recordId, { state });
      await tx.query(
        `update investigation_record set ring = $3, version = version + 1
          where dispute_id = $1 and number = $2 and app.ring_rank(ring) < app.ring_rank($3)`,
        [record.disputeId, record.number, ring],
      );
      await this.note(tx, matter, record, 'narrow', record.state, state, { from: record.ring, to: ring });
      return standingOf(copy);
    });
  }

  /** Gives up a draft. Its number stays taken. */
  async discard(recordId: string, reason: string): Promise<RecordStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, record, snapshot } = await this.lock(tx, recordId, 'discard');
      const state = investigationLifecycle.next('discard', snapshot, tx.now);
      await tx.update(InvestigationRecord, recordId, { state, reason });
      await this.note(tx, matter, record, 'discard', 'draft', state, {});
      return { ...standingOf(record), state, version: record.version + 1 };
    });
  }

  private async lock(tx: Tx, recordId: string, act: InvestigationAct): Promise<OpenRecord> {
    const { disputeId } = await tx.get(InvestigationRecord, recordId);
    const matter = await this.matters.lock(tx, disputeId, `investigations.${act}`);
    const record = await tx.lock(InvestigationRecord, recordId);
    tx.checkVersion(record);
    const amendments = await tx.query(
      "select 1 from investigation_record where supersedes_id = $1 and state = 'draft'",
      [recordId],
    );
    const { state, endedAt, entries } = record;
    return {
      matter,
      record,
      snapshot: { state, endedAt, entries: entries.length, isBeingAmended: amendments.length > 0 },
    };
  }

  private async supersede(tx: Tx, matter: LoadedMatter, recordId: string): Promise<void> {
    const old = await tx.lock(InvestigationRecord, recordId);
    // A narrowed record was replaced when it was narrowed.
    if (old.state === 'narrowed') return;
    const snapshot = { state: old.state, endedAt: old.endedAt, entries: old.entries.length, isBeingAmended: false };
    const state = investigationLifecycle.next('supersede', snapshot, tx.now);
    await tx.update(InvestigationRecord, recordId, { state });
    await this.note(tx, matter, old, 'supersede', old.state, state, { revision: old.revision });
  }

  private async copy(tx: Tx, record: InvestigationRecord, ring: Ring, reason: string): Promise<InvestigationRecord> {
    const { revision } = await tx.one<{ revision: number }>(
      'select max(revision) + 1 as revision from investigation_record where dispute_id = $1 and number = $2',
      [record.disputeId, record.number],
    );
    const copy: InvestigationRecord = Object.assign(new InvestigationRecord(), record, {
      id: uuidv7(),
      revision,
      supersedesId: record.id,
      ring,
      state: 'draft',
      reason,
      confirmation: null,
      confirmedByName: null,
      confirmationNote: null,
      confirmedAt: null,
      openedBy: tx.actor.accountId,
      openedAt: tx.now,
      version: 1,
    });
    await tx.insert(InvestigationRecord, copy);
    return copy;
  }

  /** A paper printed from the record lies in the file for all to read: it must be voided first. */
  private async refuseOverPapers(tx: Tx, record: InvestigationRecord): Promise<void> {
    const versions = await tx.query<{ id: string }>(
      'select id from investigation_record where dispute_id = $1 and number = $2',
      [record.disputeId, record.number],
    );
    const papers: PaperSnapshot[] = [];
    for (const { id } of versions) papers.push(...(await this.papers.about(tx, record.disputeId, RECORD_SUBJECT, id)));
    if (papers.every((p) => p.state === 'voided')) return;
    throw new DomainError(
      'conflict',
      'investigations.paper-issued',
      '该记录已经出具文书，各方可以查阅。请先作废该文书，再缩小可见范围。',
    );
  }

  private async person(tx: Tx, disputeId: string, command: OpenRecordCommand) {
    const { intervieweeKind, partyId, intervieweeName, relation } = command;
    const party =
      partyId === undefined ? undefined : (await this.parties.list(tx, disputeId)).find((p) => p.id === partyId);
    if (partyId !== undefined && !party) {
      throw ruleViolation('investigations.not-a-party', '所选当事人不在本事项的名单中。', '/partyId');
    }
    if (intervieweeKind === 'party') {
      if (!party)
        throw ruleViolation('investigations.party-missing', '调查当事人的，请选择是哪一位当事人。', '/partyId');
      return {
        intervieweeKind,
        partyId: party.id,
        intervieweeName: intervieweeName ?? party.name,
        relation: relation ?? '当事人',
      };
    }
    if (intervieweeName === undefined)
      throw ruleViolation('investigations.name-missing', '请填写被调查人姓名。', '/intervieweeName');
    if (relation === undefined)
      throw ruleViolation('investigations.relation-missing', '请填写被调查人与本纠纷的关系。', '/relation');
    return { intervieweeKind, partyId: partyId ?? null, intervieweeName, relation };
  }

  private async staff(tx: Tx, disputeId: string, command: OpenRecordCommand) {
    const serving = await this.assignments.active(tx, disputeId);
    const ids = [...new Set(command.investigatorIds ?? [tx.actor.accountId ?? ''])];
    const investigators = ids.map((accountId) => {
      const assignment = serving.find((a) => a.accountId === accountId);
      if (!assignment)
        throw ruleViolation(
          'investigations.not-assigned',
          '调查人应当是本事项的调解员或记录人，请先办理指派。',
          '/investigatorIds',
        );
      return assignment;
    });
    const recorder =
      command.recorderId === undefined
        ? (serving.find((a) => a.capacity === 'recorder') ?? investigators[0])
        : serving.find((a) => a.accountId === command.recorderId);
    if (!recorder)
      throw ruleViolation(
        'investigations.not-assigned',
        '记录人应当是本事项的调解员或记录人，请先办理指派。',
        '/recorderId',
      );
    return {
      investigatorIds: investigators.map((i) => i.accountId),
      investigatorNames: investigators.map((i) => i.name),
      recorderId: recorder.accountId,
      recorderName: recorder.name,
    };
  }

  /** Neither names nor reasons: the timeline is read beyond the ring of the record. */
  private async note(
    tx: Tx,
    { dispute }: LoadedMatter,
    record: Pick<InvestigationRecord, 'id' | 'number'>,
    act: InvestigationAct,
    fromState: InvestigationState | null,
    toState: InvestigationState,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.matters.record(tx, dispute, {
      act: `investigations.${act}`,
      fromState,
      toState,
      objectType: 'investigation-record',
      objectId: record.id,
      details: { number: record.number, ...details },
    });
  }
}

function standingOf({ id, number, revision, state, version }: InvestigationRecord): RecordStanding {
  return { id, number, revision, state, version };
}
