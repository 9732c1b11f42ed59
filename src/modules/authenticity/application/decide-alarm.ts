import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { alarmLifecycle } from '../domain/alarm-lifecycle';
import type { AlarmState } from '../domain/kinds';
import { Alarm } from '../persistence/alarm.entity';
import { ReadAlarms } from './read-alarms';

@Injectable()
export class DecideAlarm {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly alarms: ReadAlarms,
  ) {}

  /** Writes down what was found out. It stays with the alarm: no score and no figure takes it up. */
  async execute(
    id: string,
    { finding, decision }: { readonly finding: Exclude<AlarmState, 'open'>; readonly decision: string },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const alarm = await tx.lock(Alarm, id);
      authorize(tx.actor, 'authenticity.decide', { centerId: alarm.centerId });
      tx.checkVersion(alarm);
      const { isOwnWork } = await tx.one<{ isOwnWork: boolean }>(
        `select exists (select 1 from alarm_matter m join dispute d on d.id = m.dispute_id
                         where m.alarm_id = $1 and d.handler_account_id = $2) as "isOwnWork"`,
        [id, tx.actor.accountId],
      );
      const state = alarmLifecycle.next('decide', { state: alarm.state, isOwnWork }, tx.now, finding);
      await tx.update(Alarm, id, {
        state,
        decision,
        decidedBy: tx.actor.accountId,
        decidedByName: tx.actor.displayName,
        decidedAt: tx.now,
      });
      tx.audit({
        act: 'authenticity.decide',
        objectType: 'alarm',
        objectId: id,
        chain: alarm.centerId,
        details: { kind: alarm.kind, finding },
      });
      return this.alarms.one(tx, id);
    });
  }
}
