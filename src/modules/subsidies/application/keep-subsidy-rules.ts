import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { AGREEMENT_FORMS, isWhole, KINDS, type Rate, rulesOn, SUBSIDY_GRADES } from '../domain/rates';
import { SubsidyRate, SubsidyRules } from '../persistence/subsidy.entity';

export interface RulesInput {
  readonly validFrom: string;
  readonly basis: string;
  readonly rates: readonly Rate[];
}

interface RulesRow extends Pick<SubsidyRules, 'id' | 'validFrom' | 'basis' | 'madeByName' | 'madeAt'> {
  readonly rates: readonly Rate[];
}

const RULES = `select r.id, r.valid_from as "validFrom", r.basis, r.made_by_name as "madeByName", r.made_at as "madeAt",
    (select jsonb_agg(jsonb_build_object('grade', a.grade, 'form', a.form, 'isDifficult', a.is_difficult, 'amountFen', a.amount_fen))
       from subsidy_rate a where a.rules_id = r.id) as rates
  from subsidy_rules r where r.center_id = $1 order by r.valid_from desc, r.made_at desc, r.id desc`;

/** 以案定补标准: amounts by grade, form and difficulty, from a day on. A case goes by those of the day of its agreement. */
@Injectable()
export class KeepSubsidyRules {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'subsidy-rules.list', { centerId });
      const rows = await subsidyRules(tx, centerId);
      const holding = rulesOn(rows, legalDateFromInstant(tx.now));
      return {
        items: rows.map((row) => ({
          ...row,
          madeAt: row.madeAt.toISOString(),
          isInForce: row === holding,
          rates: KINDS.map((kind) => ({
            ...kind,
            gradeName: SUBSIDY_GRADES[kind.grade],
            formName: AGREEMENT_FORMS[kind.form],
            amountFen:
              row.rates.find(
                (r) => r.grade === kind.grade && r.form === kind.form && r.isDifficult === kind.isDifficult,
              )?.amountFen ?? 0,
          })),
        })),
        allowedActs: mayAct(tx.actor, policyOf('subsidy-rules.set')?.by ?? [], { centerId })
          ? ['subsidy-rules.set']
          : [],
      };
    });
  }

  /** A version of its own; those before stay for the agreements of their days. */
  async set(centerId: string, { validFrom, basis, rates }: RulesInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'subsidy-rules.set', { centerId });
      if (!isWhole(rates))
        throw ruleViolation(
          'subsidy-rules.not-whole',
          '每个等次、协议形式和难易程度都要有金额，且只填一次。',
          '/rates',
        );
      const [listed] = await tx.query(
        `select 1 from subsidy_list where center_id = $1 and to_on >= $2 and state not in ('draft', 'cancelled') limit 1`,
        [centerId, validFrom],
      );
      if (listed)
        throw ruleViolation(
          'subsidy-rules.listed',
          '这一天以后达成的协议已经列入核对过的名单，请从更晚的日期起执行。',
          '/validFrom',
        );
      const id = uuidv7();
      await tx.insert(SubsidyRules, {
        id,
        centerId,
        validFrom,
        basis,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      for (const rate of rates) await tx.insert(SubsidyRate, { rulesId: id, ...rate });
      tx.audit({
        act: 'subsidy-rules.set',
        objectType: 'subsidy-rules',
        objectId: id,
        chain: centerId,
        details: { validFrom, rates },
      });
      return { id, validFrom };
    });
  }
}

/** The newest first: of several from the same day the one made last holds. */
export async function subsidyRules(tx: Tx, centerId: string): Promise<RulesRow[]> {
  return tx.query<RulesRow>(RULES, [centerId]);
}
