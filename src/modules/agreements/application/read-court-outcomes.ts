import { legalDate } from '../../../kernel';
import { mayAct, policyOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { LoadedMatter } from '../../disputes';
import { AGREEMENT_STATES, type AgreementState } from '../domain/agreement-lifecycle';
import { COURT_OUTCOMES, MEANINGS, outcomeSentence } from '../domain/court-outcome';
import type { JudicialOutcome } from '../persistence/judicial-outcome.entity';
import { courtOf } from './read-promises';

/** What became before a court of each agreement of a matter that ever was in effect, in the words of the desk. */
export async function courtOutcomesOf(tx: Tx, { dispute, standing }: LoadedMatter) {
  const agreements = await tx.query<{ id: string; ordinal: number; state: AgreementState }>(
    'select id, ordinal, state from agreement where dispute_id = $1 and effective_on is not null order by ordinal',
    [dispute.id],
  );
  const outcomes = await tx.query<JudicialOutcome>(
    `select id, agreement_id as "agreementId", kind, happened_on as "happenedOn", court, case_number as "caseNumber",
            attachment_id as "attachmentId", note, recorded_by_name as "recordedByName", recorded_at as "recordedAt",
            retracted_at as "retractedAt", retract_reason as "retractReason"
       from judicial_outcome where dispute_id = $1 order by happened_on, id`,
    [dispute.id],
  );
  const may = (act: string): boolean => mayAct(tx.actor, policyOf(act)?.by ?? [], standing);
  const court = await courtOf(tx, dispute.committeeId);
  return agreements.map(({ id, ordinal, state }) => ({
    agreementId: id,
    ordinal,
    stateName: AGREEMENT_STATES[state],
    proposedCourt: court,
    outcomes: outcomes
      .filter(({ agreementId }) => agreementId === id)
      .map(({ happenedOn, recordedAt, retractedAt, ...one }) => ({
        id: one.id,
        kind: one.kind,
        kindName: COURT_OUTCOMES[one.kind],
        sentence: outcomeSentence({ ...one, happenedOn: legalDate(happenedOn) }),
        meaning: MEANINGS[one.kind],
        note: one.note,
        attachmentId: one.attachmentId,
        recordedByName: one.recordedByName,
        recordedAt: recordedAt.toISOString(),
        retractedAt: retractedAt?.toISOString() ?? null,
        retractReason: one.retractReason,
        allowedActs: retractedAt === null && may('court-outcomes.retract') ? ['court-outcomes.retract'] : [],
      })),
    allowedActs: may('court-outcomes.record') ? ['court-outcomes.record'] : [],
  }));
}
