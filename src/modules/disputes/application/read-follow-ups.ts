import type { Tx } from '../../../platform/database';
import { type SATISFACTIONS, VISIT_MODES } from '../domain/dictionaries';

export interface FollowUp {
  readonly id: string;
  readonly modeName: string;
  readonly isReached: boolean;
  readonly isPerformed: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: keyof typeof SATISFACTIONS | null;
  readonly situation: string;
  readonly visitedAt: Date;
  readonly visitedByName: string;
}

/** The follow-ups of a matter, oldest first, for a paper of another module. Whoever asks audits under its own act. */
export async function followUpsOf(tx: Tx, disputeId: string): Promise<FollowUp[]> {
  const rows = await tx.query<Omit<FollowUp, 'modeName'> & { mode: keyof typeof VISIT_MODES }>(
    `select f.id, f.mode, f.is_reached as "isReached", f.is_performed as "isPerformed", f.is_solved as "isSolved",
            f.satisfaction, f.situation, f.visited_at as "visitedAt", a.display_name as "visitedByName"
       from follow_up_visit f join account a on a.id = f.visited_by where f.dispute_id = $1 order by f.visited_at, f.id`,
    [disputeId],
  );
  return rows.map(({ mode, ...row }) => ({ ...row, modeName: VISIT_MODES[mode] }));
}
