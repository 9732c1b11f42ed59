import { endOfDay, type LegalDate, legalDate, legalDateFromInstant, ruleViolation, startOfDay } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { CARD_PART_KEYS, CARD_PARTS, type CardCase, type CardPart } from '../domain/card';

export interface CardPeriod {
  readonly from?: string;
  readonly to?: string;
}

export interface Span {
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** A counted case with whose it is, and of which matter. */
export interface CaseOfMediator extends CardCase {
  readonly mediatorId: string;
  readonly disputeId: string;
  readonly at: Date;
}

const ACCEPTED = 2;
/** Parts by the code of their figure. */
const PART_OF: ReadonlyMap<number, CardPart> = new Map(
  CARD_PART_KEYS.filter((key) => CARD_PARTS[key].figure !== null).map((key) => [CARD_PARTS[key].code, key]),
);

/** From the one definition of all figures, so that a card says what the desk says. */
const FACTS = `
  select f.mediator_id as "mediatorId", f.figure, f.subject_id as "subjectId", f.dispute_id as "disputeId", f.period_at as at,
         f.verdict = 1 as "isHit"
    from app.figure_facts_at($4) f
   where f.center_id = $1 and f.period_at >= $2 and f.period_at < $3 and f.figure = any ($5::smallint[]) and f.verdict <> 3
     and f.mediator_id is not null and ($6::uuid is null or f.mediator_id = $6)`;

/** What reviews of files found: a file is good where nothing was missing. */
const REVIEWED = `
  select f.mediator_id as "mediatorId", f.id as "subjectId", f.dispute_id as "disputeId", f.reviewed_at as at,
         not exists (select 1 from jsonb_array_elements(f.marks) m
           where m ->> 'point' = 'complete' and m ->> 'finding' is not null) as "isGood"
    from review_file f join review_round r on r.id = f.round_id
   where r.center_id = $1 and f.reviewed_at >= $2 and f.reviewed_at < $3 and ($4::uuid is null or f.mediator_id = $4)`;

/** Everything that the cards of a period count, of one mediator or of all, and how many matters each took in. */
export async function casesOfCards(
  tx: Tx,
  centerId: string,
  { from, to }: Span,
  mediatorId: string | null,
): Promise<{ readonly cases: readonly CaseOfMediator[]; readonly accepted: ReadonlyMap<string, number> }> {
  const span = [startOfDay(from), endOfDay(to)];
  return tx.asSystem(async () => {
    const facts = await tx.query<Omit<CaseOfMediator, 'part' | 'isGood'> & { figure: number; isHit: boolean }>(FACTS, [
      centerId,
      ...span,
      tx.now,
      [ACCEPTED, ...PART_OF.keys()],
      mediatorId,
    ]);
    const reviewed = await tx.query<Omit<CaseOfMediator, 'part'>>(REVIEWED, [centerId, ...span, mediatorId]);
    const accepted = new Map<string, number>();
    for (const one of facts)
      if (one.figure === ACCEPTED) accepted.set(one.mediatorId, (accepted.get(one.mediatorId) ?? 0) + 1);
    return {
      accepted,
      cases: [
        ...facts.flatMap(({ figure, isHit, ...one }) => {
          const part = PART_OF.get(figure);
          return part === undefined ? [] : [{ ...one, part, isGood: isHit !== CARD_PARTS[part].isTurned }];
        }),
        ...reviewed.map((one) => ({ ...one, part: 'records' as const })),
      ],
    };
  });
}

/** The year until today where no period is given. */
export function spanOf({ from, to }: CardPeriod, now: Date): Span {
  const today = legalDateFromInstant(now);
  const span = {
    from: from === undefined ? legalDate(`${today.slice(0, 4)}-01-01`) : legalDate(from),
    to: to === undefined ? today : legalDate(to),
  };
  if (span.from > span.to) throw ruleViolation('mediator-cards.period', '截止日期应不早于起始日期，请核对。', '/to');
  return span;
}
