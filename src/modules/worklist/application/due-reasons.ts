import type { Tx } from '../../../platform/database';
import type { DueKind } from '../domain/dictionaries';
import type { DueReasons } from './lines';

interface Due {
  readonly disputeId: string;
  readonly dueKind: DueKind | null;
  readonly dueAt: Date | string | null;
}

interface Reckoned extends DueReasons {
  readonly disputeId: string;
  readonly dueKind: string;
  readonly dueAt: Date | null;
}

const PERIODS = `
  select dispute_id as "disputeId", 'mediation-period' as "dueKind", null::timestamptz as "dueAt", explanation,
         is_provisional as "isProvisional"
    from mediation_period where dispute_id = any ($1) and ended_at is null`;
const SUMMONS_DUES = `
  select dispute_id as "disputeId", 'summons-' || kind as "dueKind", current_due_at as "dueAt", explanation,
         is_provisional as "isProvisional"
    from summons_due where dispute_id = any ($1) and met_at is null and stopped_at is null`;

/**
 * How each of these dues was reckoned, in their order, where anything is kept of that; asked where it is kept, for lists hold none of it. Of the lines of a page at once,
 * and of whistles only where one of them waits for one: what row security adds to a statement about whistles is long.
 */
export async function reasonsOf(tx: Tx, dues: readonly Due[]): Promise<(DueReasons | undefined)[]> {
  const matters = (isOfKind: (kind: DueKind) => boolean): string[] =>
    dues.flatMap((due) => (due.dueKind !== null && isOfKind(due.dueKind) ? [due.disputeId] : []));
  const known = new Map<string, DueReasons>();
  for (const [statement, disputeIds] of [
    [PERIODS, matters((kind) => kind === 'mediation-period')],
    [SUMMONS_DUES, matters((kind) => kind.startsWith('summons-'))],
  ] as const) {
    if (disputeIds.length === 0) continue;
    for (const row of await tx.query<Reckoned>(statement, [disputeIds])) known.set(keyOf(row), row);
  }
  return dues.map((due) => known.get(keyOf(due)));
}

/** A mediation has one period; of whistles the very hour tells which. */
function keyOf({ disputeId, dueKind, dueAt }: Omit<Due, 'dueKind'> & { readonly dueKind: string | null }): string {
  const hour = dueKind === 'mediation-period' || dueAt === null ? '' : new Date(dueAt).getTime();
  return `${disputeId} ${dueKind} ${hour}`;
}
