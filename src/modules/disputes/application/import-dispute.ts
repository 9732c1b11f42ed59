import { Injectable } from '@nestjs/common';
import { type LegalDate, startOfDay } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, uuidv7 } from '../../../platform/database';
import type { Channel, DisputeType, Outcome } from '../domain/dictionaries';
import { Dispute, DisputeImport, DisputeNarrative } from '../persistence/dispute.entity';
import { type IntakeParty, MatterHooks } from './matter-hooks';
import { Matters } from './matters';

/** A matter that was closed before this system, as its old ledger (旧台账) tells it. */
export interface ImportedMatter {
  readonly oldNumber: string;
  readonly registeredOn: LegalDate;
  readonly closedOn: LegalDate;
  readonly channel: Channel;
  readonly disputeType: DisputeType | null;
  readonly title: string;
  readonly narrative: string;
  readonly place: string | null;
  readonly headcount: number | null;
  readonly amountFen: number | null;
  readonly outcome: Outcome;
  readonly handlerName: string | null;
  readonly organizationName: string | null;
  readonly result: string | null;
  readonly remark: string | null;
  readonly parties: readonly IntakeParty[];
}

/** In which upload it came, and where it stood there. */
export interface ImportPlace {
  readonly centerId: string;
  readonly importId: string;
  readonly rowNumber: number;
}

/**
 * Takes over matters of the time before. Such a matter is in the archive from the first: it has no nature, risk, mediation,
 * closing review or deadline, since none is known, and its number is that of the old ledger, so that the center's own
 * series stays gapless.
 */
@Injectable()
export class ImportDispute {
  constructor(
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
  ) {}

  /** Matters of the center under these old numbers, by old number. One that is sealed away is found as well. */
  async known(tx: Tx, centerId: string, oldNumbers: readonly string[]): Promise<Map<string, string>> {
    authorize(tx.actor, 'disputes.import', { centerId });
    const rows = await tx.asSystem(() =>
      tx.query<{ id: string; number: string }>(
        'select id, registration_number as number from dispute where center_id = $1 and registration_number = any ($2)',
        [centerId, oldNumbers.map(numberOf)],
      ),
    );
    const ids = new Map(rows.map(({ id, number }) => [number, id]));
    return new Map(oldNumbers.flatMap((old) => (ids.has(numberOf(old)) ? [[old, ids.get(numberOf(old)) ?? '']] : [])));
  }

  /** Lets nobody else import for the center until the transaction ends. */
  async lockCenter(tx: Tx, centerId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 22))', [centerId]);
  }

  /** Writes one matter; the caller has asked for known ones under the lock of the center. */
  async write(tx: Tx, matter: ImportedMatter, { centerId, importId, rowNumber }: ImportPlace): Promise<{ id: string }> {
    authorize(tx.actor, 'disputes.import', { centerId });
    const accountId = tx.actor.accountId ?? '';
    const { oldNumber, registeredOn, closedOn, narrative, handlerName, organizationName, result, remark } = matter;
    const registeredAt = startOfDay(registeredOn);
    const dispute: Dispute = Object.assign(new Dispute(), {
      id: uuidv7(),
      centerId,
      registrationNumber: numberOf(oldNumber),
      channel: matter.channel,
      title: matter.title,
      disputeType: matter.disputeType,
      place: matter.place,
      state: 'archived' as const,
      mediationState: null,
      isImported: true,
      headcount: matter.headcount,
      amountFen: matter.amountFen,
      firstResponderId: accountId,
      // Nobody has registered it here: it is on nobody's list of what they have brought in.
      registeredBy: null,
      registeredAt,
      limitationInterruptedAt: registeredAt,
      outcome: matter.outcome,
      closedAt: startOfDay(closedOn),
      version: 1,
    });
    await tx.insert(Dispute, dispute);
    // Cues are a warning for what is to come: a matter that is over gives none.
    await tx.insert(DisputeNarrative, { disputeId: dispute.id, narrative, requests: null, cues: [] });
    await this.hooks.intake(tx, dispute, matter.parties);
    await tx.insert(DisputeImport, {
      disputeId: dispute.id,
      ...{ oldNumber, registeredOn, closedOn, handlerName, organizationName, result, remark, importId, rowNumber },
      importedBy: accountId,
      importedAt: tx.now,
    });
    await this.matters.record(tx, dispute, {
      act: 'disputes.import',
      toState: 'archived',
      details: { oldNumber, importId, rowNumber },
    });
    return { id: dispute.id };
  }
}

/** Told apart at a glance from numbers that this system has given. */
const numberOf = (oldNumber: string): string => `旧台账 ${oldNumber}`;
