import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { FACT_KINDS } from '../domain/columns';
import { PREVENTION_KINDS, type PreventionKind } from '../domain/prevention';
import { PreventionRecord } from '../persistence/report.entity';

export interface PreventionCommand {
  readonly kind: PreventionKind;
  readonly happenedOn: string;
  readonly committeeId?: string;
  readonly times?: number;
  readonly matters?: number;
  readonly persons?: number;
  readonly note: string;
}

/** Beyond so many the list names the latest; a shorter period shows the others. */
const MOST_LISTED = 500;

/** 排查预防: what was looked into and prevented, as the statutory table counts it. */
@Injectable()
export class KeepPrevention {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(centerId: string, { from, to }: { readonly from: string; readonly to: string }) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'prevention.list');
      const rows = await tx.query<PreventionRecord & { committeeName: string | null }>(
        `select p.id, p.committee_id as "committeeId", c.name as "committeeName", p.kind, p.happened_on as "happenedOn", p.times, p.matters,
                p.persons, p.note, p.recorded_by_name as "recordedByName", p.withdrawn_at as "withdrawnAt", p.withdraw_reason as "withdrawReason"
           from prevention_record p left join committee c on c.id = p.committee_id
          where p.center_id = $1 and p.happened_on between $2 and $3 order by p.happened_on desc, p.id desc limit $4`,
        [centerId, from, to, MOST_LISTED + 1],
      );
      const totals = await tx.query<{ kind: PreventionKind; times: number; matters: number; persons: number }>(
        `select kind, sum(times)::int as times, sum(matters)::int as matters, sum(persons)::int as persons from prevention_record
          where center_id = $1 and happened_on between $2 and $3 and withdrawn_at is null group by kind`,
        [centerId, from, to],
      );
      const committees = await tx.query<{ id: string }>(
        'select id from committee where center_id = $1 and is_active order by name',
        [centerId],
      );
      const may = (act: string, committeeId: string | null): boolean =>
        mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId, committeeId });
      const isOfCenter = may('prevention.record', null);
      const own = isOfCenter ? undefined : committees.find(({ id }) => may('prevention.record', id));
      return {
        totals: (Object.keys(PREVENTION_KINDS) as PreventionKind[]).map((kind) => ({
          kindName: PREVENTION_KINDS[kind],
          times: 0,
          matters: 0,
          persons: 0,
          ...totals.find((one) => one.kind === kind),
          kind,
        })),
        hasMore: rows.length > MOST_LISTED,
        proposedCommitteeId: own?.id ?? null,
        items: rows.slice(0, MOST_LISTED).map(({ kind, withdrawnAt, ...row }) => ({
          ...row,
          kind,
          kindName: FACT_KINDS[kind as PreventionKind],
          withdrawnAt: withdrawnAt?.toISOString() ?? null,
          allowedActs:
            withdrawnAt === null && may('prevention.withdraw', row.committeeId) ? ['prevention.withdraw'] : [],
        })),
        allowedActs: isOfCenter || own !== undefined ? ['prevention.record'] : [],
      };
    });
  }

  async record(centerId: string, { kind, happenedOn, committeeId, times, matters, persons, note }: PreventionCommand) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'prevention.record', { centerId, committeeId: committeeId ?? null });
      if (happenedOn > legalDateFromInstant(tx.now))
        throw ruleViolation('prevention.future', '日期不能晚于今天，请核对。', '/happenedOn');
      if (committeeId !== undefined) {
        const [there] = await tx.query('select 1 from committee where id = $1 and center_id = $2', [
          committeeId,
          centerId,
        ]);
        if (there === undefined)
          throw ruleViolation('prevention.other-committee', '请选择本中心的调解委员会。', '/committeeId');
      }
      if ((times ?? 0) + (matters ?? 0) + (persons ?? 0) === 0)
        throw ruleViolation('prevention.empty', '请填写次数、件数或者人数。', '/matters');
      const id = uuidv7();
      await tx.insert(PreventionRecord, {
        id,
        centerId,
        committeeId: committeeId ?? null,
        kind,
        happenedOn,
        times: times ?? 0,
        matters: matters ?? 0,
        persons: persons ?? 0,
        note,
        recordedBy: tx.actor.accountId ?? '',
        recordedByName: tx.actor.displayName ?? '',
        recordedAt: tx.now,
      });
      tx.audit({
        act: 'prevention.record',
        objectType: 'prevention-record',
        objectId: id,
        chain: centerId,
        details: { kind, happenedOn },
      });
      return { id };
    });
  }

  /** A wrong entry is taken back with a reason; it stays on record. */
  async withdraw(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const record = await tx.lock(PreventionRecord, id);
      const { centerId, committeeId } = record;
      authorize(tx.actor, 'prevention.withdraw', { centerId, committeeId });
      if (record.withdrawnAt !== null)
        throw new DomainError('conflict', 'prevention.withdrawn', '这条记录已经撤销，请刷新。');
      await tx.update(PreventionRecord, id, {
        withdrawnBy: tx.actor.accountId,
        withdrawnAt: tx.now,
        withdrawReason: reason,
      });
      tx.audit({
        act: 'prevention.withdraw',
        objectType: 'prevention-record',
        objectId: id,
        chain: centerId,
        details: {},
      });
      return { id };
    });
  }
}
