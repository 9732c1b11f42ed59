import { Injectable } from '@nestjs/common';
import { mayAct } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { INTERVIEWEE_KINDS, INVESTIGATION_MODES, RINGS } from '../domain/dictionaries';
import { INVESTIGATION_STATES, investigationLifecycle } from '../domain/investigation-lifecycle';
import { InvestigationRecord } from '../persistence/investigation.entity';
import { blockedActs } from './blocked-acts';
import { mayPerform } from './may-perform';
import { readersOf, writableRings } from './writable-rings';

type Listed = Pick<
  InvestigationRecord,
  | 'id'
  | 'number'
  | 'revision'
  | 'supersedesId'
  | 'ring'
  | 'state'
  | 'mode'
  | 'intervieweeKind'
  | 'partyId'
  | 'intervieweeName'
  | 'startedAt'
  | 'endedAt'
  | 'place'
  | 'version'
>;

/** Investigation records for those who look. A record shows itself only within its ring. */
@Injectable()
export class ReadInvestigations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Those of a matter that the reader’s ring shows, without their words, and whether another may be opened. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'investigations.read');
      const rows = await tx.query<Listed>(
        `select id, number, revision, supersedes_id as "supersedesId", ring, state, mode, interviewee_kind as "intervieweeKind",
                party_id as "partyId", interviewee_name as "intervieweeName", started_at as "startedAt", ended_at as "endedAt",
                place, version
           from investigation_record where dispute_id = $1 order by number, revision`,
        [disputeId],
      );
      const mayOpen =
        mayPerform(tx.actor, 'investigations.open', matter.standing) &&
        this.matters.mediationAllows(matter, 'investigate', tx.now);
      return {
        items: rows.map(listed),
        allowedActs: mayOpen ? ['investigations.open'] : [],
        writableRings: mayOpen ? writableRings(matter) : [],
      };
    });
  }

  /** One record with its questions and answers. The reading is audited. */
  async one(recordId: string) {
    return this.unitOfWork.run(async (tx) => {
      const record = await tx.get(InvestigationRecord, recordId);
      const { dispute, standing } = await this.matters.read(tx, record.disputeId, 'investigations.read');
      const may = (by: Parameters<typeof mayAct>[1]): boolean => mayAct(tx.actor, by, standing);
      const amendments = await tx.query(
        "select 1 from investigation_record where supersedes_id = $1 and state = 'draft'",
        [recordId],
      );
      const { state, endedAt, entries } = record;
      const snapshot = { state, endedAt, entries: entries.length, isBeingAmended: amendments.length > 0 };
      tx.audit({
        act: 'investigations.read',
        objectType: 'investigation-record',
        objectId: recordId,
        disputeId: record.disputeId,
        chain: dispute.centerId,
        details: { number: record.number, ring: record.ring },
      });
      return {
        ...listed(record),
        disputeId: record.disputeId,
        reason: record.reason,
        relation: record.relation,
        investigatorNames: record.investigatorNames,
        recorderName: record.recorderName,
        interpreterName: record.interpreterName,
        present: record.present,
        entries,
        confirmation: record.confirmation,
        confirmedByName: record.confirmedByName,
        confirmationNote: record.confirmationNote,
        confirmedAt: record.confirmedAt?.toISOString() ?? null,
        title: dispute.title,
        caseNumber: dispute.caseNumber,
        ringReaders: readersOf(record.ring),
        allowedActs: investigationLifecycle
          .allowedActs(snapshot, tx.now, may)
          // No ring is narrower than the innermost.
          .filter((act) => act !== 'narrow' || record.ring !== 'mediator')
          .map((act) => `investigations.${act}`),
        blockedActs: blockedActs(investigationLifecycle, snapshot, tx.now, may),
      };
    });
  }
}

function listed(record: Listed) {
  const {
    id,
    number,
    revision,
    supersedesId,
    ring,
    state,
    mode,
    intervieweeKind,
    partyId,
    intervieweeName,
    place,
    version,
  } = record;
  return {
    id,
    number,
    revision,
    supersedesId,
    ring,
    ringName: RINGS[ring],
    state,
    stateName: INVESTIGATION_STATES[state],
    mode,
    modeName: INVESTIGATION_MODES[mode],
    intervieweeKind,
    intervieweeKindName: INTERVIEWEE_KINDS[intervieweeKind],
    partyId,
    intervieweeName,
    startedAt: record.startedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
    place,
    version,
  };
}
