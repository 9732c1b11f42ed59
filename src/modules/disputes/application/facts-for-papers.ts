import { legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import {
  ENDING_CODES,
  type EndingCode,
  OUTCOMES,
  type Outcome,
  REFUSAL_REASONS,
  type RefusalReason,
  type OutsideRoute,
  WITHDRAWAL_CODES,
  type WithdrawalCode,
} from '../domain/dictionaries';
import { type RouteInWords, remainingRoutes, routesInWords } from '../domain/route-advice';
import type { MediationState } from '../domain/mediation-lifecycle';
import type { Dispute } from '../persistence/dispute.entity';

/** What the record says of a refusal, for the notice of it. */
export interface RefusalFacts {
  /** Null where the reason fits none of the named kinds. */
  readonly ground: string | null;
  readonly reason: string;
  /** The rule by which the matter is not accepted. */
  readonly law: string | null;
  readonly routes: readonly RouteInWords[];
  readonly decidedAt: Date;
  readonly decidedByName: string;
}

export interface EndingFacts {
  readonly code: EndingCode | WithdrawalCode;
  readonly codeName: string;
  readonly endState: MediationState;
  readonly endedAt: Date;
  readonly routes: readonly RouteInWords[];
  readonly toldHow: string | null;
}

export interface TransferFacts {
  readonly id: string;
  readonly kind: 'send-down' | 'send-up' | 'hand-off';
  /** Empty where the unit has lost its name since. */
  readonly toName: string;
  readonly request: string;
  readonly sentAt: Date;
  readonly sentByName: string;
  readonly receiptNumber: string | null;
}

export interface ClosingFacts {
  readonly volume: number;
  readonly outcomeName: string;
  readonly summary: string;
  readonly closedAt: Date;
  readonly reviewedByName: string;
}

type Described = Pick<Dispute, 'id' | 'nature' | 'disputeType'>;

const LAW_OF_REFUSAL: Readonly<Partial<Record<RefusalReason, string>>> = {
  'special-organ': '《人民调解工作若干规定》第二十二条',
  'law-forbids': '《人民调解工作若干规定》第二十二条',
  'already-in-hand': '《人民调解工作若干规定》第二十二条',
  'clearly-refused': '《人民调解法》第十七条',
};

/** The latest refusal with the ways that remain: the one chosen at the desk first, with the organ to go to. */
export async function refusalOf(tx: Tx, { id, nature, disputeType }: Described): Promise<RefusalFacts | null> {
  const [row] = await tx.query<{
    reasonCode: RefusalReason;
    content: string;
    route: OutsideRoute;
    organ: string | null;
    decidedAt: Date;
    decidedByName: string;
  }>(
    `select e.reason_code as "reasonCode", e.content, e.route, e.organ, e.decided_at as "decidedAt",
            a.display_name as "decidedByName"
       from dispute_decision e join account a on a.id = e.decided_by
      where e.dispute_id = $1 and e.kind = 'not-accept' order by e.decided_at desc, e.id desc limit 1`,
    [id],
  );
  if (!row) return null;
  const { reasonCode, content, route, organ, decidedAt, decidedByName } = row;
  const others = nature === null ? [] : remainingRoutes(nature, disputeType).filter((r) => r !== route);
  const [chosen, ...rest] = routesInWords([route, ...others], nature, disputeType);
  return {
    ground: reasonCode === 'other' ? null : REFUSAL_REASONS[reasonCode],
    reason: content,
    law: LAW_OF_REFUSAL[reasonCode] ?? null,
    routes: chosen === undefined ? [] : [{ ...chosen, organ }, ...rest],
    decidedAt,
    decidedByName,
  };
}

/** How the mediation ended last, with the ways that the parties were told of, or that are open where nobody has told them yet. */
export async function endingOf(tx: Tx, { id, nature, disputeType }: Described): Promise<EndingFacts | null> {
  const [row] = await tx.query<{
    code: EndingCode | WithdrawalCode;
    endState: MediationState;
    endedAt: Date;
    routesTold: OutsideRoute[] | null;
    toldHow: string | null;
  }>(
    `select code, end_state as "endState", ended_at as "endedAt", routes_told as "routesTold", told_how as "toldHow"
       from mediation_ending where dispute_id = $1 order by ended_at desc, id desc limit 1`,
    [id],
  );
  if (!row) return null;
  const { routesTold, ...ending } = row;
  const open = routesTold ?? (nature === null ? [] : remainingRoutes(nature, disputeType));
  // The way to the court is never closed (PML art. 3), whatever the desk has told.
  const routes: readonly OutsideRoute[] = open.includes('litigation') ? open : [...open, 'litigation'];
  return {
    ...ending,
    codeName: { ...ENDING_CODES, ...WITHDRAWAL_CODES }[row.code],
    routes: routesInWords(routes, nature, disputeType),
  };
}

/** The named transfer of the matter, or the latest. */
export async function transferOf(tx: Tx, disputeId: string, transferId?: string): Promise<TransferFacts | null> {
  const [row] = await tx.query<TransferFacts>(
    `select t.id, t.kind, coalesce(t.organ, c.name, v.name, '') as "toName", t.request, t.sent_at as "sentAt",
            s.display_name as "sentByName", t.receipt_number as "receiptNumber"
       from dispute_transfer t join account s on s.id = t.sent_by
       left join center c on c.id = t.to_center_id
       left join org_unit_version v on v.unit_id = t.to_unit_id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
      where t.dispute_id = $1 and ($2::uuid is null or t.id = $2) order by t.sent_at desc, t.id desc limit 1`,
    [disputeId, transferId ?? null, legalDateFromInstant(tx.now)],
  );
  return row ?? null;
}

/** The latest closing of the matter. */
export async function closingOf(tx: Tx, disputeId: string): Promise<ClosingFacts | null> {
  const [row] = await tx.query<Omit<ClosingFacts, 'outcomeName'> & { outcome: Outcome }>(
    `select c.volume, c.outcome, c.summary, c.closed_at as "closedAt", a.display_name as "reviewedByName"
       from dispute_closing c join account a on a.id = c.reviewed_by
      where c.dispute_id = $1 order by c.closed_at desc, c.id desc limit 1`,
    [disputeId],
  );
  if (!row) return null;
  const { outcome, ...closing } = row;
  return { ...closing, outcomeName: OUTCOMES[outcome] };
}
