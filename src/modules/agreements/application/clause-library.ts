import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DISPUTE_TYPES, Matters } from '../../disputes';
import { Organizations } from '../../organizations';
import { CLAUSE_KEEPERS } from '../domain/clause-keepers';
import { CLAUSE_SECTIONS, type ClauseSection, OBLIGATION_KINDS, type ObligationKind } from '../domain/dictionaries';
import { AgreementClause } from '../persistence/clause.entity';

export interface ClauseCommand {
  readonly disputeType?: string;
  readonly section: ClauseSection;
  readonly title: string;
  readonly text: string;
  readonly obligationKind?: ObligationKind;
  readonly obligationContent?: string;
  readonly obligationPlace?: string;
  readonly obligationManner?: string;
}

type Row = Pick<
  AgreementClause,
  | 'id'
  | 'centerId'
  | 'disputeType'
  | 'section'
  | 'title'
  | 'text'
  | 'obligationKind'
  | 'obligationContent'
  | 'obligationPlace'
  | 'obligationManner'
  | 'version'
>;

export interface AddClauseCommand extends ClauseCommand {
  readonly replacesId?: string;
}

/** By any text: a type may be taken out of the dictionary while clauses for it stay. */
const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;
const OWN_ACTS = ['clauses.revise', 'clauses.retire'];

/** Clauses in use at a center: its own, and the presets that none of its own replaces. */
const IN_USE = `select c.id, c.center_id as "centerId", c.dispute_type as "disputeType", c.section, c.title, c.text,
       c.obligation_kind as "obligationKind", c.obligation_content as "obligationContent",
       c.obligation_place as "obligationPlace", c.obligation_manner as "obligationManner", c.version
  from agreement_clause c
 where c.retired_at is null and (c.center_id = $1 or c.center_id is null)
   and not exists (select 1 from agreement_clause own
                    where own.center_id = $1 and own.replaces_id = c.id and own.retired_at is null)`;
const FITTING = `${IN_USE}
   and (c.dispute_type is null or c.dispute_type = $2 or $2 like c.dispute_type || '.%')
 order by (c.dispute_type is null), c.center_id nulls last, c.ordinal`;
const ALL = `${IN_USE} order by c.dispute_type nulls first, c.section, c.center_id nulls last, c.ordinal`;

/** The library of clauses: what fits a matter for whoever drafts, and the list that each center keeps. */
@Injectable()
export class ClauseLibrary {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly organizations: Organizations,
  ) {}

  /** Clauses that fit the type of the matter, its own type's first. */
  async fitting(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'clauses.suggest');
      const rows = await tx.query<Row>(FITTING, [dispute.centerId, dispute.disputeType ?? '']);
      return { items: rows.map((row) => shown(row, [])) };
    });
  }

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'clauses.list');
      await this.organizations.center(tx, centerId);
      const rows = await tx.query<Row>(ALL, [centerId]);
      const may = mayAct(tx.actor, CLAUSE_KEEPERS, { centerId });
      return {
        items: rows.map((row) => shown(row, may && row.centerId !== null ? OWN_ACTS : [])),
        allowedActs: may ? ['clauses.add'] : [],
      };
    });
  }

  /** A clause of the center's own; in the place of a preset, which stays for the other centers. */
  async add(centerId: string, { replacesId, ...command }: AddClauseCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'clauses.add', { centerId });
      await this.organizations.center(tx, centerId);
      if (replacesId !== undefined) await refuseWrongPreset(tx, centerId, replacesId);
      const { last } = await tx.one<{ last: number }>(
        'select coalesce(max(ordinal), 0) as last from agreement_clause where center_id = $1',
        [centerId],
      );
      const id = uuidv7();
      await tx.insert(AgreementClause, {
        id,
        centerId,
        replacesId: replacesId ?? null,
        ...columns(command),
        ordinal: last + 1,
        createdBy: tx.actor.accountId,
        createdAt: tx.now,
      });
      this.audit(tx, 'clauses.add', { id, centerId });
      return this.answer(tx, id);
    });
  }

  async revise(clauseId: string, command: ClauseCommand) {
    return this.unitOfWork.run(async (tx) => {
      const clause = await this.own(tx, clauseId, 'clauses.revise');
      tx.checkVersion(clause);
      await tx.update(AgreementClause, clauseId, columns(command));
      this.audit(tx, 'clauses.revise', clause);
      return this.answer(tx, clauseId);
    });
  }

  /** No longer offered. A preset that it replaced is offered again. */
  async retire(clauseId: string) {
    return this.unitOfWork.run(async (tx) => {
      const clause = await this.own(tx, clauseId, 'clauses.retire');
      tx.checkVersion(clause);
      await tx.update(AgreementClause, clauseId, { retiredAt: tx.now });
      this.audit(tx, 'clauses.retire', clause);
      return this.answer(tx, clauseId);
    });
  }

  /** Locks a clause for its keeper; what is retired is no longer there. */
  private async own(tx: Tx, clauseId: string, act: string): Promise<AgreementClause> {
    const { centerId, retiredAt } = await tx.get(AgreementClause, clauseId);
    authorize(tx.actor, act, centerId === null ? {} : { centerId });
    if (retiredAt !== null) {
      throw new DomainError('conflict', 'clauses.retired', '该条款已停用，请刷新后查看。');
    }
    return tx.lock(AgreementClause, clauseId);
  }

  private audit(tx: Tx, act: string, { id, centerId }: Pick<AgreementClause, 'id' | 'centerId'>): void {
    tx.audit({ act, objectType: 'agreement-clause', objectId: id, chain: centerId });
  }

  private async answer(tx: Tx, id: string) {
    const clause = await tx.get(AgreementClause, id);
    return shown(clause, clause.retiredAt === null ? OWN_ACTS : []);
  }
}

async function refuseWrongPreset(tx: Tx, centerId: string, presetId: string): Promise<void> {
  const [preset] = await tx.query<{ taken: boolean }>(
    `select exists (select 1 from agreement_clause own
                     where own.center_id = $2 and own.replaces_id = c.id and own.retired_at is null) as taken
       from agreement_clause c where c.id = $1 and c.center_id is null`,
    [presetId, centerId],
  );
  if (preset === undefined) {
    throw ruleViolation('clauses.not-a-preset', '只有通用条款可以替换。本中心的条款请直接修改。', '/replacesId');
  }
  if (preset.taken) {
    throw new DomainError('conflict', 'clauses.replaced', '该通用条款已被本中心的条款替换，请刷新后修改。');
  }
}

function columns(command: ClauseCommand) {
  const { disputeType, section, title, text, obligationKind, obligationContent } = command;
  if ((obligationKind === undefined) !== (obligationContent === undefined)) {
    throw ruleViolation(
      'clauses.obligation-half',
      '需要列入履行事项的条款，请同时选择义务种类并写明履行内容。',
      obligationKind === undefined ? '/obligationKind' : '/obligationContent',
    );
  }
  return {
    disputeType: disputeType ?? null,
    section,
    title,
    text,
    obligationKind: obligationKind ?? null,
    obligationContent: obligationContent ?? null,
    obligationPlace: command.obligationPlace ?? null,
    obligationManner: command.obligationManner ?? null,
  };
}

function shown(row: Row, allowedActs: readonly string[]) {
  const { obligationKind, obligationContent, obligationPlace, obligationManner, disputeType } = row;
  return {
    id: row.id,
    isPreset: row.centerId === null,
    disputeType,
    disputeTypeName: disputeType === null ? '各类纠纷通用' : (TYPE_NAMES[disputeType] ?? disputeType),
    section: row.section,
    sectionName: CLAUSE_SECTIONS[row.section],
    title: row.title,
    text: row.text,
    obligation:
      obligationKind === null || obligationContent === null
        ? null
        : {
            kind: obligationKind,
            kindName: OBLIGATION_KINDS[obligationKind],
            content: obligationContent,
            place: obligationPlace,
            manner: obligationManner,
          },
    allowedActs: [...allowedActs],
    version: row.version,
  };
}
