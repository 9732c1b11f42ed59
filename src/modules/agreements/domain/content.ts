import type { ObligationKind } from './dictionaries';

export interface Instalment {
  readonly amountFen: number;
  readonly dueOn: string;
}

/** An obligation as drafted; what is not yet known is null. */
export interface Obligation {
  readonly kind: ObligationKind;
  readonly obligorId: string | null;
  readonly obligeeId: string | null;
  readonly content: string;
  readonly amountFen: number | null;
  readonly dueOn: string | null;
  readonly place: string | null;
  readonly manner: string | null;
  readonly instalments: readonly Instalment[];
  /** Item of the earlier agreement that is agreed anew here. */
  readonly replacesItemId: string | null;
}

/** What the parties agree on (人民调解法第二十九条). */
export interface AgreementContent {
  readonly facts: string | null;
  readonly responsibilities: string | null;
  readonly clauses: readonly string[];
  readonly performanceNote: string | null;
  readonly breachClause: string | null;
  readonly obligations: readonly Obligation[];
}

/** One thing to perform: an obligation, or one instalment of it. The paper's rows and the ledger both come from here. */
export interface DueItem<O extends Obligation = Obligation> {
  readonly obligation: O;
  /** Index into the instalments; null for a whole obligation. */
  readonly instalment: number | null;
  readonly content: string;
  readonly amountFen: number | null;
  readonly dueOn: string;
}

/** Everything to be performed, in the order of the agreement. Call it on content without faults. */
export function dueItems<O extends Obligation>(obligations: readonly O[]): DueItem<O>[] {
  return obligations.flatMap((obligation): DueItem<O>[] => {
    const { content, amountFen, dueOn, instalments } = obligation;
    if (instalments.length === 0) return [{ obligation, instalment: null, content, amountFen, dueOn: dueOn ?? '' }];
    return instalments.map((part, i) => ({
      obligation,
      instalment: i,
      content: `${content}（第${i + 1}期，共${instalments.length}期）`,
      amountFen: part.amountFen,
      dueOn: part.dueOn,
    }));
  });
}

/** All money in the agreement, fen; null when there is none. */
export function totalFen(obligations: readonly Obligation[]): number | null {
  const amounts = obligations.flatMap((o) => (o.amountFen === null ? [] : [o.amountFen]));
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
}
