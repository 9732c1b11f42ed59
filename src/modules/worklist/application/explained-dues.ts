import type { Tx } from '../../../platform/database';
import type { DueKind } from '../domain/dictionaries';

interface ShownDue {
  readonly disputeId: string;
  readonly dueKind: DueKind | null;
  readonly dueAt: Date | string | null;
}

/** How a due was reckoned, and whether it waits for a year that is not in force yet. */
export interface DueReasons {
  readonly explanation: readonly string[];
  readonly isProvisional: boolean;
}

const NONE: DueReasons = { explanation: [], isProvisional: false };

/** Asked where the dues of these matters are kept: lists hold none of it. One statement for a page. */
export async function explainedDues(tx: Tx, disputeIds: readonly string[]): Promise<(due: ShownDue) => DueReasons> {
  const rows = await tx.query<DueReasons & { disputeId: string; kind: string; dueAt: Date | null }>(
    `select dispute_id as "disputeId", 'mediation-period' as kind, null::timestamptz as "dueAt", explanation,
            is_provisional as "isProvisional" from mediation_period
      where ended_at is null and dispute_id = any ($1)
     union all
     select dispute_id, 'summons-' || kind, current_due_at, explanation, is_provisional from summons_due
      where met_at is null and stopped_at is null and current_due_at is not null and dispute_id = any ($1)`,
    [disputeIds],
  );
  return ({ disputeId, dueKind, dueAt }) => {
    const found = rows.find(
      (row) =>
        dueAt !== null &&
        row.disputeId === disputeId &&
        row.kind === dueKind &&
        (row.dueAt === null || row.dueAt.getTime() === new Date(dueAt).getTime()),
    );
    return found === undefined ? NONE : { explanation: found.explanation, isProvisional: found.isProvisional };
  };
}
