import type { Tx } from '../../../platform/database';
import { OUTCOMES, type Outcome, type SATISFACTIONS, VISIT_MODES } from '../domain/dictionaries';
import { MEDIATION_STATES, type MediationState } from '../domain/mediation-lifecycle';

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

export interface Conclusion {
  /** How the mediation of this volume ended without an agreement; null when it did not. */
  readonly ending: { readonly stateName: string; readonly explanation: string; readonly endedAt: Date } | null;
  /** The closing of this volume; null while the matter is open. */
  readonly closing: {
    readonly outcomeName: string;
    readonly summary: string;
    readonly reviewedByName: string;
    readonly closedAt: Date;
  } | null;
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

/** How a volume of the matter came to its end, for a paper of another module. */
export async function conclusionOf(tx: Tx, disputeId: string, volume: number): Promise<Conclusion> {
  const [ending] = await tx.query<{ endState: MediationState; explanation: string; endedAt: Date }>(
    `select end_state as "endState", explanation, ended_at as "endedAt" from mediation_ending
      where dispute_id = $1 and volume = $2 order by ended_at desc limit 1`,
    [disputeId, volume],
  );
  const [closing] = await tx.query<{ outcome: Outcome; summary: string; reviewedByName: string; closedAt: Date }>(
    `select c.outcome, c.summary, a.display_name as "reviewedByName", c.closed_at as "closedAt"
       from dispute_closing c join account a on a.id = c.reviewed_by
      where c.dispute_id = $1 and c.volume = $2 order by c.closed_at desc limit 1`,
    [disputeId, volume],
  );
  return {
    ending:
      ending === undefined
        ? null
        : {
            stateName: MEDIATION_STATES[ending.endState],
            explanation: ending.explanation,
            endedAt: ending.endedAt,
          },
    closing:
      closing === undefined
        ? null
        : {
            outcomeName: OUTCOMES[closing.outcome],
            summary: closing.summary,
            reviewedByName: closing.reviewedByName,
            closedAt: closing.closedAt,
          },
  };
}
