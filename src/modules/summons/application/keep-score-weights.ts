import { Injectable } from '@nestjs/common';
import { formatLegalDateCn, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { SCORE_PARTS, type ScorePart, type ScoreWeights } from '../domain/score';
import { ScoreWeighting } from '../persistence/summons.entity';

export type WeightsInput = ScoreWeights & {
  readonly validFrom: string;
  readonly rankedFrom: number;
  readonly basis: string;
};

/** What the columns hold; they are called like the parts. */
export type KeptWeights = Pick<
  ScoreWeighting,
  'id' | 'validFrom' | 'rankedFrom' | 'basis' | 'madeByName' | 'madeAt' | ScorePart
> & {
  readonly isOwn: boolean;
};

const WEIGHTS = `select id, center_id is not null as "isOwn", valid_from as "validFrom", sign, contact, arrive, feedback, effect, party,
    ranked_from as "rankedFrom", basis, made_by_name as "madeByName", made_at as "madeAt" from score_weights
  where center_id = $1 or center_id is null
  order by center_id is not null desc, valid_from desc, made_at desc, id desc`;

/** 评分权重: by what agencies are scored, from a day on. A task is scored by those of the day of its rating, for good. */
@Injectable()
export class KeepScoreWeights {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'score-weights.list');
      const rows = await tx.query<KeptWeights>(WEIGHTS, [centerId]);
      const today = legalDateFromInstant(tx.now);
      const holding = holdingOf(rows, today);
      return {
        items: rows.map((row) => ({
          ...weightsView(row),
          isInForce: row === holding,
          isFuture: row.validFrom > today && holdingOf(rows, row.validFrom) === row,
        })),
        allowedActs: mayAct(tx.actor, policyOf('score-weights.set')?.by ?? [], { centerId })
          ? ['score-weights.set']
          : [],
      };
    });
  }

  /** From today at the earliest: what has been rated stays as it was rated. */
  async set(centerId: string, { validFrom, rankedFrom, basis, ...weights }: WeightsInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'score-weights.set', { centerId });
      if (validFrom < legalDateFromInstant(tx.now))
        throw ruleViolation(
          'score-weights.past',
          '权重只能从今天或以后的日期起执行，已经评分的任务不变。',
          '/validFrom',
        );
      const sum = Object.values(weights).reduce((all, one) => all + one, 0);
      if (sum !== 100) throw ruleViolation('score-weights.sum', `各项权重合计应为100，现在是${sum}，请核对。`, '/sign');
      const id = uuidv7();
      await tx.insert(ScoreWeighting, {
        id,
        centerId,
        validFrom,
        ...weights,
        rankedFrom,
        basis,
        madeBy: tx.actor.accountId,
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      tx.audit({
        act: 'score-weights.set',
        objectType: 'score-weights',
        objectId: id,
        chain: centerId,
        details: { validFrom, ...weights, rankedFrom },
      });
      return { id, validFrom };
    });
  }
}

/** In force at a center today: its own before the preset. */
export async function weightsInForce(tx: Tx, centerId: string): Promise<KeptWeights> {
  const rows = await tx.query<KeptWeights>(WEIGHTS, [centerId]);
  const holding = holdingOf(rows, legalDateFromInstant(tx.now));
  if (!holding) throw new Error('No weights of scores are in force');
  return holding;
}

/** By which weights tasks were rated. */
export async function weightsById(tx: Tx, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, KeptWeights>> {
  const rows = await tx.query<KeptWeights>(
    `select id, center_id is not null as "isOwn", valid_from as "validFrom", sign, contact, arrive, feedback, effect, party,
            ranked_from as "rankedFrom", basis, made_by_name as "madeByName", made_at as "madeAt"
       from score_weights where id = any ($1)`,
    [[...new Set(ids.filter((id) => id !== null))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export function weightsView(row: KeptWeights) {
  const { id, isOwn, validFrom, rankedFrom, basis, madeByName, madeAt } = row;
  return {
    id,
    isOwn,
    validFrom,
    rankedFrom,
    basis,
    madeByName,
    madeAt: madeAt.toISOString(),
    parts: (Object.keys(SCORE_PARTS) as ScorePart[]).map((part) => ({
      part,
      partName: SCORE_PARTS[part],
      weight: row[part],
    })),
  };
}

/** By which weights a score was counted, in words. */
export function weightsName({ isOwn, validFrom, basis }: KeptWeights): string {
  return isOwn ? `${formatLegalDateCn(legalDate(validFrom))}起的权重（${basis}）` : `通用权重（${basis}）`;
}

function holdingOf(rows: readonly KeptWeights[], day: string): KeptWeights | undefined {
  return rows.find((row) => row.validFrom <= day);
}
