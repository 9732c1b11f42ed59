import { type LegalDate, legalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type PromiseStep, type StepFamily, type UnsentReason, enforcementEnds } from '../domain/promise-steps';
import type { AgreementKind } from '../domain/dictionaries';

interface TakenStep {
  readonly step: PromiseStep;
  readonly dueOn: string;
  readonly takenAt: Date;
  readonly unsentReason: UnsentReason | null;
}

/** One thing around which reminders are planned: what is to be performed, or an agreement that can be confirmed or enforced. */
export interface WatchedPromise {
  readonly disputeId: string;
  readonly agreementId: string;
  readonly agreementOrdinal: number;
  /** The item's place in the agreement; null for what concerns the agreement as a whole. */
  readonly itemOrdinal: number | null;
  readonly subjectId: string;
  readonly family: StepFamily;
  readonly countsFrom: LegalDate;
  readonly effectiveOn: LegalDate;
  /** After this day the steps are of no use; null where being late is what they tell of. */
  readonly until: LegalDate | null;
  readonly taken: readonly TakenStep[];
}

interface AgreementToWatch {
  readonly id: string;
  readonly disputeId: string;
  readonly ordinal: number;
  readonly kind: AgreementKind;
  readonly effectiveOn: string;
  readonly confirmationDueOn: string | null;
  readonly confirmationIsProvisional: boolean | null;
  /** Null where the agreement obliges to nothing that is on the ledger. */
  readonly lastDueOn: string | null;
  /** Something is still to be performed. */
  readonly isOpen: boolean;
  /** The parties applied to a court and did not withdraw. */
  readonly isApplied: boolean;
  /** Day of the ruling that confirmed it. */
  readonly confirmedOn: string | null;
}

/** Agreements in effect, with what became of their judicial confirmation. */
export async function agreementsToWatch(tx: Tx, disputeIds: readonly string[]): Promise<AgreementToWatch[]> {
  return tx.query<AgreementToWatch>(
    `select a.id, a.dispute_id as "disputeId", a.ordinal, a.kind, a.effective_on as "effectiveOn",
            a.confirmation_due_on as "confirmationDueOn", a.confirmation_is_provisional as "confirmationIsProvisional",
            i.last as "lastDueOn", coalesce(i.is_open, false) as "isOpen",
            c.id is not null as "isApplied", case when c.state = 'confirmed' then c.decided_on end as "confirmedOn"
       from agreement a
       left join lateral (select max(i.due_on) as last, bool_or(i.state in ('open', 'breached')) as is_open
                            from performance_item i where i.agreement_id = a.id and i.state <> 'cancelled') i on true
       left join judicial_confirmation c on c.agreement_id = a.id and c.state <> 'withdrawn'
      where a.dispute_id = any ($1::uuid[]) and a.state = 'effective' order by a.dispute_id, a.ordinal`,
    [disputeIds],
  );
}

/** The last day on which enforcement can be asked for, from the last day of performance or from a later ruling. */
export function enforcementEndsOn({
  lastDueOn,
  confirmedOn,
}: Pick<AgreementToWatch, 'lastDueOn' | 'confirmedOn'>): LegalDate | null {
  if (lastDueOn === null) return null;
  return enforcementEnds(legalDate(confirmedOn !== null && confirmedOn > lastDueOn ? confirmedOn : lastDueOn));
}

/** Everything in these matters that is still to be performed, with the steps that were taken about it. */
export async function watchedPromises(tx: Tx, disputeIds: readonly string[]): Promise<WatchedPromise[]> {
  const taken = await tx.query<TakenStep & { readonly subjectId: string }>(
    `select subject_id as "subjectId", step, due_on as "dueOn", taken_at as "takenAt", unsent_reason as "unsentReason"
       from promise_notice where dispute_id = any ($1::uuid[]) order by due_on`,
    [disputeIds],
  );
  const agreements = (await agreementsToWatch(tx, disputeIds)).filter(({ isOpen }) => isOpen);
  const items = await tx.query<{
    readonly id: string;
    readonly agreementId: string;
    readonly ordinal: number;
    readonly dueOn: string;
  }>(
    `select id, agreement_id as "agreementId", ordinal, due_on as "dueOn" from performance_item
      where agreement_id = any ($1::uuid[]) and state in ('open', 'breached') order by ordinal`,
    [agreements.map(({ id }) => id)],
  );
  return agreements.flatMap((agreement): WatchedPromise[] => {
    const common = {
      disputeId: agreement.disputeId,
      agreementId: agreement.id,
      agreementOrdinal: agreement.ordinal,
      effectiveOn: legalDate(agreement.effectiveOn),
    };
    const whole = {
      ...common,
      itemOrdinal: null,
      subjectId: agreement.id,
      taken: taken.filter((t) => t.subjectId === agreement.id),
    };
    const ends = enforcementEndsOn(agreement);
    const { confirmationDueOn, isApplied, kind } = agreement;
    return [
      ...items
        .filter((item) => item.agreementId === agreement.id)
        .map((item) => ({
          ...common,
          itemOrdinal: item.ordinal,
          subjectId: item.id,
          family: 'due' as const,
          countsFrom: legalDate(item.dueOn),
          until: null,
          taken: taken.filter((t) => t.subjectId === item.id),
        })),
      ...(kind === 'written' && confirmationDueOn !== null && !isApplied
        ? [
            {
              ...whole,
              family: 'confirmation' as const,
              countsFrom: common.effectiveOn,
              until: legalDate(confirmationDueOn),
            },
          ]
        : []),
      ...(ends === null ? [] : [{ ...whole, family: 'enforcement' as const, countsFrom: ends, until: ends }]),
    ];
  });
}
