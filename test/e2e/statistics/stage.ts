import { uuidv7 } from '../../../src/platform/database';
import type { TestApp } from '../../support/test-app';

/** A matter as the figures see it; days are `YYYY-MM-DD`, noon in Hohhot. What is left out did not happen. */
export interface Told {
  readonly center?: string;
  readonly type?: string | null;
  readonly handler?: string;
  readonly registered: string;
  readonly accepted?: string;
  readonly closed?: string;
  readonly merged?: boolean;
  readonly sealed?: boolean;
  readonly agreement?: { readonly effective: string; readonly voided?: boolean };
  readonly items?: readonly { readonly due: string; readonly state: 'open' | 'breached' | 'performed' | 'cancelled' }[];
  readonly ending?: {
    readonly on: string;
    readonly state: 'terminated' | 'refused' | 'unreachable' | 'withdrawn';
    readonly code: string;
    readonly afterAcceptance?: boolean;
  };
  readonly reopened?: string;
  readonly period?: { readonly due: string; readonly ended?: string; readonly paused?: boolean };
  readonly visits?: readonly {
    readonly on: string;
    readonly satisfaction: string | null;
    readonly reached?: boolean;
  }[];
  readonly tasks?: readonly {
    readonly agency: string;
    readonly issued: string;
    readonly due: string;
    readonly signed?: string;
    readonly state?: 'issued' | 'signed' | 'upheld' | 'withdrawn';
  }[];
}

export const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
/** Above the numbers that the program gives out in a test. */
let serial = 90_000;

/**
 * Writes a world of matters straight into the tables: what is under test is how they are counted. Triggers and foreign
 * keys are off while it is written, named CHECKs are not: no row is one that the program could not have left.
 */
export async function tell(t: TestApp, world: readonly Told[]): Promise<string[]> {
  await t.sql("set session_replication_role = 'replica'");
  const ids: string[] = [];
  for (const told of world) ids.push(await write(t, told));
  await t.sql("set session_replication_role = 'origin'");
  await keepFigures(t, ids);
  return ids;
}

/** What the end of an act does for a matter, of matters that were written past the program. */
export async function keepFigures(t: TestApp, ids: readonly string[]): Promise<void> {
  await t.sql('select app.keep_figures($1, $2)', [ids, t.clock.at()]);
}

async function write(t: TestApp, told: Told): Promise<string> {
  const id = uuidv7();
  serial += 1;
  const { world } = t;
  const clerk = world.account('intake').id;
  const center = told.center ?? world.centerId;
  const hasAgreement = told.agreement !== undefined && told.agreement.voided !== true;
  const mediationState = hasAgreement ? 'oral-agreed' : (told.ending?.state ?? (told.accepted ? 'in-mediation' : null));
  const state = told.merged ? 'merged' : told.closed ? 'closed' : told.accepted ? 'in-progress' : 'triaged';
  const isNumbered = told.accepted !== undefined;
  await t.sql(
    `insert into dispute (id, center_id, committee_id, registration_number, channel, title, dispute_type, nature, risk_level, state,
       mediation_state, is_sealed, first_responder_id, registered_at, limitation_interrupted_at, handler_account_id, accepted_at,
       case_year, case_seq, case_number, merged_into_id, outcome, closed_at)
     values ($1, $2, $3, $4, 'visit', $5, $6, 'civil', 'blue', $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      id,
      center,
      isNumbered ? world.committeeId : null,
      `数字〔2026〕${serial}号`,
      `第${serial}件`,
      told.type ?? null,
      state,
      mediationState,
      told.sealed ?? false,
      clerk,
      noon(told.registered),
      told.handler ?? null,
      told.accepted === undefined ? null : noon(told.accepted),
      isNumbered ? 2026 : null,
      isNumbered ? serial : null,
      isNumbered ? `新城人调字〔2026〕${serial}号` : null,
      told.merged ? uuidv7() : null,
      told.closed ? (hasAgreement ? 'oral-agreement' : 'not-agreed') : null,
      told.closed ? noon(told.closed) : null,
    ],
  );
  if (told.agreement) {
    const { effective, voided = false } = told.agreement;
    const agreementId = uuidv7();
    await t.sql(
      `insert into agreement (id, dispute_id, ordinal, kind, relation, state, is_partial, reached_at, effective_at, effective_on,
         created_at, ended_at, end_reason) values ($1, $2, 1, 'oral', 'original', $3, false, $4, $4, $5, $4, $6, $7)`,
      [
        agreementId,
        id,
        voided ? 'voided' : 'effective',
        noon(effective),
        effective,
        voided ? noon(effective) : null,
        voided ? '重大误解' : null,
      ],
    );
    for (const [i, item] of (told.items ?? []).entries()) {
      const isBreached = item.state === 'breached';
      await t.sql(
        `insert into performance_item (id, dispute_id, agreement_id, ordinal, obligation_id, obligor_id, obligee_id, kind, content,
           due_on, state, performed_on, breached_at, breach_reason, ended_at)
         values ($1, $2, $3, $4, $5, $5, $5, 'act', '修好', $6, $7, $8, $9, $10, $11)`,
        [
          uuidv7(),
          id,
          agreementId,
          i + 1,
          uuidv7(),
          item.due,
          item.state,
          item.state === 'performed' ? item.due : null,
          isBreached ? noon(item.due) : null,
          isBreached ? '拒不履行' : null,
          item.state === 'cancelled' ? noon(item.due) : null,
        ],
      );
    }
  }
  if (told.ending) {
    await t.sql(
      `insert into mediation_ending (id, dispute_id, volume, end_state, code, explanation, after_acceptance, ended_at)
         values ($1, $2, 1, $3, $4, '说明', $5, $6)`,
      [uuidv7(), id, told.ending.state, told.ending.code, told.ending.afterAcceptance ?? true, noon(told.ending.on)],
    );
  }
  if (told.reopened !== undefined) {
    await t.sql(
      `insert into dispute_reopening (id, dispute_id, volume, reason_code, reason, from_state, previous_outcome, previous_closed_at,
         reopened_by, reopened_at) values ($1, $2, 2, 'breach', '反悔', 'closed', 'oral-agreement', $3, $4, $3)`,
      [uuidv7(), id, noon(told.reopened), clerk],
    );
  }
  if (told.period) {
    const { due, ended, paused = false } = told.period;
    await t.sql(
      `insert into mediation_period (id, dispute_id, volume, rule, article, start_on, original_due_on, current_due_on, is_provisional,
         explanation, calendar_version, ended_at, deadline_rule_id)
         values ($1, $2, 1, 'people', '条', '2025-01-01', $3, $4, false, '{}', '1', $5,
           (select r.id from deadline_rule r where r.rule_id = 'mediation.people' and r.center_id is null))`,
      [uuidv7(), id, due, paused ? null : due, ended === undefined ? null : noon(ended)],
    );
  }
  for (const visit of told.visits ?? []) {
    await t.sql(
      `insert into follow_up_visit (id, dispute_id, mode, is_reached, satisfaction, situation, visited_by, visited_at)
         values ($1, $2, 'phone', $3, $4, '情况', $5, $6)`,
      [uuidv7(), id, visit.reached ?? true, visit.satisfaction, clerk, noon(visit.on)],
    );
  }
  for (const task of told.tasks ?? []) await writeTask(t, id, center, clerk, task);
  return id;
}

async function writeTask(
  t: TestApp,
  disputeId: string,
  centerId: string,
  clerk: string,
  task: NonNullable<Told['tasks']>[number],
): Promise<void> {
  const [summonsId, taskId] = [uuidv7(), uuidv7()];
  const { state = task.signed === undefined ? 'issued' : 'signed', signed } = task;
  serial += 1;
  await t.sql(
    `insert into summons (id, dispute_id, center_id, kind, level, ground, brief, asks, attendance_required, state, proposed_by,
       proposed_at, issued_by, issued_at, number_year, number_seq, number)
     values ($1, $2, $3, 'progress', 'regular', 'livelihood', '简情', '{到场}', false, 'issued', $4, $5, $4, $5, 2026, $6, $7)`,
    [summonsId, disputeId, centerId, clerk, noon(task.issued), serial, `吹哨〔2026〕${serial}号`],
  );
  const isUpheld = state === 'upheld';
  await t.sql(
    `insert into summons_task (id, dispute_id, summons_id, agency_id, role, state, issued_at, objection_ends_at, objection_hard_stop_at,
       signed_at, signed_by, objected_at, objected_by, objection_ground, objection_reason, ruled_at, ruled_by, ruling_reason,
       withdrawn_at, agency_access_ends_at)
     values ($1, $2, $3, $4, 'lead', $5, $6, $6, $6, $7, $8, $9, $10, $11, $12, $9, $10, $12, $13, $14)`,
    [
      taskId,
      disputeId,
      summonsId,
      task.agency,
      state,
      noon(task.issued),
      signed === undefined ? null : noon(signed),
      signed === undefined ? null : clerk,
      isUpheld ? noon(task.issued) : null,
      isUpheld ? clerk : null,
      isUpheld ? 'not-competent' : null,
      isUpheld ? '不属职责' : null,
      state === 'withdrawn' ? noon(task.issued) : null,
      ['upheld', 'withdrawn'].includes(state) ? noon(task.issued) : null,
    ],
  );
  await t.sql(
    `insert into summons_due (id, dispute_id, task_id, kind, rule_id, unit, budget, starts_at, original_due_at, current_due_at,
       calendar_version, is_provisional, explanation, met_at, deadline_rule_id)
     values ($1, $2, $3, 'sign', 'r', 'working-hour', 1, $4, $5, $5, '1', false, '{}', $6,
       (select r.id from deadline_rule r where r.rule_id = 'summons.progress.sign' and r.center_id is null))`,
    [uuidv7(), disputeId, taskId, noon(task.issued), noon(task.due), signed === undefined ? null : noon(signed)],
  );
}
