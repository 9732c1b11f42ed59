import type { Grant } from '../../../kernel';
import { policyOf } from '../../../platform/auth';
import type { Actor } from '../../../platform/database';
import { STEP_RULES, type Step } from '../domain/steps';
import type { MatterTrace } from '../domain/trace';

/**
 * Whose list an entry stands on, as one word that an index finds: `dispatcher@<center>` for whoever holds a role there,
 * `assigned:<account>` for one named on the matter, `account:<account>` for one person. The database builds the words of
 * whoever asks from their roles (app.audiences).
 */
export type Audience = string;

/**
 * Who may do the act for which the matter waits, by its policy: the to-do list holds what the policy grants, no more. Where
 * people are named on the matter for the act, it is their turn alone: the desk that could also do it is not asked.
 */
export function audiencesOf(step: Step, trace: MatterTrace): Audience[] {
  const rule = STEP_RULES[step.key];
  const grants = policyOf(rule.act)?.by;
  if (!grants) throw new Error(`Step ${step.key}: act ${rule.act} has no policy`);
  const all = [...new Set(grants.flatMap((grant) => audiencesOfGrant(grant, step, trace)))];
  const named = all.filter((audience) => audience.startsWith('assigned:'));
  return named.length > 0 ? named : all;
}

/** Lines of tasks are for the people of agencies alone. */
export const isOfAgency = ({ grants }: Pick<Actor, 'grants'>): boolean =>
  grants.some(({ role }) => role === 'agency-liaison' || role === 'agency-handler');

function audiencesOfGrant(grant: Grant, step: Step, trace: MatterTrace): Audience[] {
  const [role = '', relation] = grant.split('@');
  const held = (ids: readonly (string | null | undefined)[]): Audience[] =>
    ids.filter((id) => typeof id === 'string').map((id) => `${role}@${id}`);
  const place = placeOf(step, trace);
  switch (relation) {
    case 'center':
      return held(place.centerIds);
    case 'unit':
      return held([place.unitId]);
    case 'committee':
      return held([trace.committeeId]);
    case 'agency':
      return held([step.task?.agencyId]);
    case 'assigned':
      return trace.assigned.filter((a) => a.role === role).map((a) => `assigned:${a.accountId}`);
    default:
      return [];
  }
}

function placeOf(step: Step, trace: MatterTrace): { centerIds: readonly (string | null)[]; unitId: string | null } {
  const { transfer } = trace;
  const side = STEP_RULES[step.key].side;
  if (side === 'receiver' && transfer !== null) return { centerIds: [transfer.toCenterId], unitId: transfer.toUnitId };
  if (side === 'sender' && transfer !== null) {
    const fromCenterId =
      transfer.fromUnitId === null ? (transfer.fromCenterId ?? trace.centerId) : transfer.fromCenterId;
    return { centerIds: [fromCenterId], unitId: transfer.fromUnitId };
  }
  return { centerIds: [trace.centerId, trace.handlingCenterId], unitId: trace.handlingUnitId };
}
