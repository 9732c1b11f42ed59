import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DutyChange } from '../persistence/roster.entity';

export interface DutyChangeInput {
  readonly dutyOn: string;
  readonly substituteId?: string;
  readonly reason: string;
}

interface ServiceRow {
  readonly centerId: string;
  readonly agencyId: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 值班变动: on this day somebody else comes, or nobody. */
@Injectable()
export class ChangeDuty {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A further change of the same day takes the place of the one before, which stays on record. */
  async change(postingId: string, { dutyOn, substituteId, reason }: DutyChangeInput) {
    return this.unitOfWork.run(async (tx) => {
      const posting = await this.authorized(tx, postingId, 'roster.change-duty');
      if (dutyOn < legalDateFromInstant(tx.now))
        throw ruleViolation('roster.past-day', '只能调整今天和以后的值班，请重新选择日期。', '/dutyOn');
      if (dutyOn < posting.validFrom || (posting.validTo !== null && dutyOn >= posting.validTo))
        throw ruleViolation('roster.out-of-posting', '这一天不在该人员的入驻期内，请核对日期。', '/dutyOn');
      if (substituteId !== undefined) {
        const [there] = await tx.query("select 1 from account where id = $1 and status = 'active'", [substituteId]);
        if (!there) throw ruleViolation('roster.no-such-person', '没有这个人员，请从列表中选择。', '/substituteId');
      }
      await tx.query('select pg_advisory_xact_lock(727046, hashtext($1))', [postingId]);
      await tx.query(
        `update duty_change set withdrawn_by = $3, withdrawn_at = $4
          where posting_id = $1 and duty_on = $2 and withdrawn_at is null`,
        [postingId, dutyOn, tx.actor.accountId, tx.now],
      );
      const id = uuidv7();
      await tx.insert(DutyChange, {
        id,
        postingId,
        dutyOn,
        substituteId: substituteId ?? null,
        reason,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      tx.audit({
        act: 'roster.change-duty',
        objectType: 'duty-change',
        objectId: id,
        chain: posting.centerId,
        details: { postingId, dutyOn, ...(substituteId === undefined ? {} : { substituteId: substituteId }) },
      });
      return { id };
    });
  }

  /** Duty is again as the posting says. */
  async withdraw(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const { postingId, dutyOn } = await tx.get(DutyChange, id);
      const posting = await this.authorized(tx, postingId, 'roster.withdraw-change');
      if (dutyOn < legalDateFromInstant(tx.now))
        throw ruleViolation('roster.past-day', '过去的值班变动保留备查，不能撤销。');
      const [done] = await tx.query(
        'update duty_change set withdrawn_by = $2, withdrawn_at = $3 where id = $1 and withdrawn_at is null returning id',
        [id, tx.actor.accountId, tx.now],
      );
      if (!done) throw new DomainError('conflict', 'roster.withdrawn', '这项变动已经撤销或被新的变动代替，请刷新。');
      tx.audit({
        act: 'roster.withdraw-change',
        objectType: 'duty-change',
        objectId: id,
        chain: posting.centerId,
        details: { postingId, dutyOn },
      });
      return { id };
    });
  }

  private async authorized(tx: Tx, postingId: string, act: string): Promise<ServiceRow> {
    const posting = await tx.one<ServiceRow>(
      `select center_id as "centerId", agency_id as "agencyId", valid_from as "validFrom", valid_to as "validTo"
         from posting where id = $1`,
      [postingId],
    );
    const { centerId, agencyId } = posting;
    authorize(tx.actor, act, { centerId, agencyIds: agencyId === null ? [] : [agencyId] });
    return posting;
  }
}
