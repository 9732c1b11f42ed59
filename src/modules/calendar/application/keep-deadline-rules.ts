import { Injectable } from '@nestjs/common';
import {
  type DeadlineUnit,
  DomainError,
  endingOf,
  instantAt,
  legalDate,
  legalDateFromInstant,
  ruleViolation,
  termCn,
} from '../../../kernel';
import { authorize, mayAct, type ObjectFacts, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import {
  boundsCn,
  boundsOf,
  DEADLINE_RULES,
  RULE_GROUPS,
  RULE_STANDINGS,
  type RuleFacts,
  settingProblem,
} from '../domain/rule-catalogue';

export interface RuleInput {
  readonly ruleId: string;
  readonly term: number;
  readonly unit: DeadlineUnit;
  readonly validFrom: string;
  readonly note: string;
}

interface RuleRow {
  readonly id: string;
  readonly ruleId: string;
  readonly centerId: string | null;
  readonly version: number;
  readonly term: number;
  readonly unit: DeadlineUnit;
  readonly rolls: boolean;
  readonly closes: boolean;
  readonly article: string;
  readonly validFrom: string;
  readonly inForceAt: Date | null;
  readonly state: 'draft' | 'in-force' | 'discarded';
  readonly note: string | null;
  readonly setBy: string | null;
  readonly setByName: string;
  readonly setAt: Date;
  readonly reviewedByName: string | null;
  readonly reviewedAt: Date | null;
  readonly reviewNote: string | null;
}

const STATES = { draft: '待复核', 'in-force': '已启用', discarded: '未采用' } as const;
const COLUMNS = `id, rule_id as "ruleId", center_id as "centerId", version, term, unit, rolls, closes, article,
  valid_from as "validFrom", in_force_at as "inForceAt", state, note, set_by as "setBy", set_by_name as "setByName",
  set_at as "setAt", reviewed_by_name as "reviewedByName", reviewed_at as "reviewedAt", review_note as "reviewNote"`;

/** 期限规则: presets of the program, and terms that a center sets in their place, confirmed by a second person. */
@Injectable()
export class KeepDeadlineRules {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Every rule with the term that holds in a center today, what waits to be confirmed, and what held before. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'deadline-rules.list', { ownerAccountId: tx.actor.accountId });
      const rows = await versionsOf(tx, centerId);
      const standing: ObjectFacts = { centerId };
      const mayPropose = may(tx, 'deadline-rules.propose', standing);
      return {
        items: Object.entries(DEADLINE_RULES).map(([ruleId, facts]) =>
          this.entry(
            tx,
            rows.filter((r) => r.ruleId === ruleId),
            facts,
            { standing, mayPropose },
          ),
        ),
      };
    });
  }

  /** A draft: nothing runs by it before somebody else has confirmed it. */
  async propose(centerId: string, input: RuleInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'deadline-rules.propose', { centerId });
      await tx.query('select pg_advisory_xact_lock(727037, hashtext($1))', [centerId]);
      const { ruleId, term, unit, validFrom, note } = input;
      if (validFrom < legalDateFromInstant(tx.now)) {
        throw ruleViolation(
          'deadline-rules.in-the-past',
          '期限只能从今天或以后的日期起调整，请重新选择。',
          '/validFrom',
        );
      }
      const rows = (await versionsOf(tx, centerId)).filter((r) => r.ruleId === ruleId);
      const preset = presetOf(rows);
      const problem = settingProblem(factsOf(ruleId), preset, { term, unit });
      if (problem) throw ruleViolation(problem.code, problem.message, problem.pointer);
      if (rows.some((r) => r.state === 'draft')) {
        throw new DomainError(
          'conflict',
          'deadline-rules.draft-waits',
          '这一期限已有一项调整等待复核，请先复核启用或者不予采用。',
        );
      }
      const version = rows.filter((r) => r.centerId !== null).length + 1;
      const { rolls, closes } = endingOf(preset, unit);
      const id = uuidv7();
      await tx.query(
        `insert into deadline_rule (id, rule_id, center_id, version, term, unit, rolls, closes, article, valid_from, state, note,
                                    set_by, set_by_name, set_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'draft', $11, $12, $13, $14)`,
        [
          id,
          ruleId,
          centerId,
          version,
          term,
          unit,
          rolls,
          closes,
          preset.article,
          validFrom,
          note,
          tx.actor.accountId,
          tx.actor.displayName ?? '',
          tx.now,
        ],
      );
      this.audit(tx, 'deadline-rules.propose', { id, centerId }, { ruleId, version, term, unit, validFrom });
      return { id, ruleId, version, state: 'draft', stateName: STATES.draft };
    });
  }

  /** Puts a draft in force from its first day, or from now where that has come. Terms that run already stay as they are. */
  async confirm(id: string, note: string | undefined) {
    return this.unitOfWork.run(async (tx) => {
      const draft = await this.lockDraft(tx, id, 'deadline-rules.confirm');
      if (draft.setBy === tx.actor.accountId) {
        throw new DomainError('forbidden', 'deadline-rules.own', '期限调整须由提出人以外的人员复核后启用。');
      }
      const begins = instantAt(legalDate(draft.validFrom), 0);
      await this.review(tx, id, 'in-force', note, begins > tx.now ? begins : tx.now);
      this.audit(tx, 'deadline-rules.confirm', draft, { ruleId: draft.ruleId, version: draft.version });
      return { id, ruleId: draft.ruleId, version: draft.version, state: 'in-force', stateName: STATES['in-force'] };
    });
  }

  /** Puts a draft aside, also one's own; it stays on record. */
  async discard(id: string, note: string) {
    return this.unitOfWork.run(async (tx) => {
      const draft = await this.lockDraft(tx, id, 'deadline-rules.discard');
      await this.review(tx, id, 'discarded', note, null);
      this.audit(tx, 'deadline-rules.discard', draft, { ruleId: draft.ruleId, version: draft.version });
      return { id, ruleId: draft.ruleId, version: draft.version, state: 'discarded', stateName: STATES.discarded };
    });
  }

  private entry(
    tx: Tx,
    rows: readonly RuleRow[],
    facts: RuleFacts,
    { standing, mayPropose }: { readonly standing: ObjectFacts; readonly mayPropose: boolean },
  ) {
    const preset = presetOf(rows);
    const holding = rows.find((r) => r.inForceAt !== null && r.inForceAt <= tx.now) ?? preset;
    const draft = rows.find((r) => r.state === 'draft');
    const isOwn = draft?.setBy === tx.actor.accountId;
    return {
      ruleId: preset.ruleId,
      name: facts.name,
      group: facts.group,
      groupName: RULE_GROUPS[facts.group],
      standing: facts.standing,
      standingName: RULE_STANDINGS[facts.standing],
      bounds: boundsCn(facts, preset),
      units: Object.keys(boundsOf(facts, preset)),
      article: preset.article,
      presetTerm: termCn(preset.term, preset.unit),
      holding: versionView(holding),
      draft: draft === undefined ? null : versionView(draft),
      history: rows.filter((r) => r !== draft && r.centerId !== null).map(versionView),
      draftActs:
        draft === undefined
          ? []
          : [
              ...(!isOwn && may(tx, 'deadline-rules.confirm', standing) ? ['deadline-rules.confirm'] : []),
              ...(may(tx, 'deadline-rules.discard', standing) ? ['deadline-rules.discard'] : []),
            ],
      allowedActs:
        mayPropose && draft === undefined && (facts.standing === 'law' || facts.standing === 'own')
          ? ['deadline-rules.propose']
          : [],
    };
  }

  private async lockDraft(tx: Tx, id: string, act: string): Promise<RuleRow & { readonly centerId: string }> {
    const row = await tx.one<RuleRow>(`select ${COLUMNS} from deadline_rule where id = $1`, [id]);
    const { centerId } = row;
    authorize(tx.actor, act, centerId === null ? {} : { centerId });
    if (centerId !== null) await tx.query('select pg_advisory_xact_lock(727037, hashtext($1))', [centerId]);
    const { state } = await tx.one<{ state: RuleRow['state'] }>('select state from deadline_rule where id = $1', [id]);
    if (state === 'draft' && centerId !== null) return { ...row, centerId };
    throw new DomainError('conflict', 'deadline-rules.reviewed-already', `这项期限${STATES[state]}，不能再复核。`);
  }

  private async review(
    tx: Tx,
    id: string,
    state: RuleRow['state'],
    note: string | undefined,
    inForceAt: Date | null,
  ): Promise<void> {
    await tx.query(
      `update deadline_rule set state = $2, in_force_at = $3, reviewed_by = $4, reviewed_by_name = $5, reviewed_at = $6,
              review_note = $7 where id = $1`,
      [id, state, inForceAt, tx.actor.accountId, tx.actor.displayName ?? '', tx.now, note ?? null],
    );
  }

  private audit(
    tx: Tx,
    act: string,
    { id, centerId }: { readonly id: string; readonly centerId: string },
    details: Readonly<Record<string, unknown>>,
  ): void {
    tx.audit({ act, objectType: 'deadline-rule', objectId: id, chain: centerId, details });
  }
}

function may(tx: Tx, act: string, standing: ObjectFacts): boolean {
  return mayAct(tx.actor, policyOf(act)?.by ?? [], standing);
}

/** The center's own before the preset, the latest first. */
async function versionsOf(tx: Tx, centerId: string): Promise<RuleRow[]> {
  return tx.query<RuleRow>(
    `select ${COLUMNS} from deadline_rule where center_id = $1 or center_id is null
      order by center_id is null, in_force_at desc nulls first, version desc`,
    [centerId],
  );
}

function factsOf(ruleId: string): RuleFacts {
  const facts = DEADLINE_RULES[ruleId];
  if (!facts) throw new RangeError(`No deadline rule ${ruleId}`);
  return facts;
}

function presetOf(rows: readonly RuleRow[]): RuleRow {
  const preset = rows.find((r) => r.centerId === null);
  if (!preset) throw new RangeError('A deadline rule without a preset');
  return preset;
}

function versionView(row: RuleRow) {
  return {
    id: row.id,
    isOwn: row.centerId !== null,
    version: row.version,
    term: row.term,
    unit: row.unit,
    termName: termCn(row.term, row.unit),
    validFrom: row.validFrom,
    inForceAt: row.inForceAt?.toISOString() ?? null,
    state: row.state,
    stateName: STATES[row.state],
    note: row.note,
    setByName: row.setByName,
    setAt: row.setAt.toISOString(),
    reviewedByName: row.reviewedByName,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    reviewNote: row.reviewNote,
  };
}
