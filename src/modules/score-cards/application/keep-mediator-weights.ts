import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, pick, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { CARD_PART_KEYS, CARD_PARTS, type CardWeights } from '../domain/card';
import { MediatorWeights } from '../persistence/card.entity';

export type WeightsInput = Pick<
  MediatorWeights,
  | 'validFrom'
  | 'agreed'
  | 'settled'
  | 'onTime'
  | 'performed'
  | 'lasting'
  | 'satisfied'
  | 'records'
  | 'shownFrom'
  | 'basis'
>;
type Row = WeightsInput & Pick<MediatorWeights, 'id' | 'madeByName' | 'madeAt'> & { readonly isOwn: boolean };

const WEIGHTS = `select id, center_id is not null as "isOwn", valid_from as "validFrom", agreed, settled, on_time as "onTime", performed,
    lasting, satisfied, records, shown_from as "shownFrom", basis, made_by_name as "madeByName", made_at as "madeAt"
  from mediator_weights where center_id = $1 or center_id is null
 order by center_id is not null desc, valid_from desc, made_at desc, id desc`;

/** 评分卡权重: a card goes by those in force on its last day. */
@Injectable()
export class KeepMediatorWeights {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'mediator-weights.list');
      const rows = await tx.query<Row>(WEIGHTS, [centerId]);
      const holding = rows.find((row) => row.validFrom <= legalDateFromInstant(tx.now));
      return {
        items: rows.map((row) => ({
          ...pick(row, 'id', 'isOwn', 'validFrom', 'shownFrom', 'basis', 'madeByName'),
          isInForce: row === holding,
          parts: CARD_PART_KEYS.map((part) => ({
            part,
            partName: CARD_PARTS[part].name,
            weight: weightsOf(row)[part],
          })),
        })),
        allowedActs: mayAct(tx.actor, policyOf('mediator-weights.set')?.by ?? [], { centerId })
          ? ['mediator-weights.set']
          : [],
      };
    });
  }

  async set(centerId: string, input: WeightsInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'mediator-weights.set', { centerId });
      if (input.validFrom < legalDateFromInstant(tx.now))
        throw ruleViolation('mediator-weights.past', '权重只能从今天或者以后的日期起执行。', '/validFrom');
      const sum = Object.values(weightsOf(input)).reduce((all, one) => all + one, 0);
      if (sum !== 100)
        throw ruleViolation('mediator-weights.sum', `各项权重合计应为100，现在是${sum}，请核对。`, '/agreed');
      const id = uuidv7();
      await tx.insert(MediatorWeights, {
        id,
        centerId,
        ...input,
        madeBy: tx.actor.accountId,
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      tx.audit({
        act: 'mediator-weights.set',
        objectType: 'mediator-weights',
        objectId: id,
        chain: centerId,
        details: { ...input },
      });
      return { id, validFrom: input.validFrom };
    });
  }
}

/** In force at a center on a day: its own before the preset. */
export async function mediatorWeightsOn(
  tx: Tx,
  centerId: string,
  day: string,
): Promise<{ readonly weights: CardWeights; readonly shownFrom: number; readonly name: string }> {
  const row = (await tx.query<Row>(WEIGHTS, [centerId])).find(({ validFrom }) => validFrom <= day);
  if (!row) throw new Error('No weights of cards are in force');
  return {
    weights: weightsOf(row),
    shownFrom: row.shownFrom,
    name: row.isOwn ? `${row.validFrom}起执行的权重（${row.basis}）` : `通用权重（${row.basis}）`,
  };
}

function weightsOf({ onTime, ...row }: WeightsInput): CardWeights {
  return { 'on-time': onTime, ...pick(row, 'agreed', 'settled', 'performed', 'lasting', 'satisfied', 'records') };
}
