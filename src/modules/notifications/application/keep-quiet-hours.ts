import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { DEFAULT_QUIET_HOURS, type QuietHours } from '../domain/quiet-hours';
import { MessageQuietHours } from '../persistence/message.entity';

/** When a center disturbs nobody. */
@Injectable()
export class KeepQuietHours {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async read(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'messages.read-quiet-hours', { centerId });
      return this.at(tx, centerId);
    });
  }

  async set(centerId: string, { from, to }: QuietHours) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'messages.set-quiet-hours', { centerId });
      await tx.query('select pg_advisory_xact_lock(727050, hashtext($1))', [centerId]);
      const { version } = await this.at(tx, centerId);
      tx.checkVersion({ id: centerId, version });
      const columns = { startsAt: from, endsAt: to, changedBy: tx.actor.accountId, changedAt: tx.now };
      if (version === 0) await tx.insert(MessageQuietHours, { centerId, ...columns, version: 1 });
      else await tx.update(MessageQuietHours, centerId, columns);
      tx.audit({
        act: 'messages.set-quiet-hours',
        objectType: 'message-quiet-hours',
        objectId: centerId,
        chain: centerId,
        details: { from, to },
      });
      return this.at(tx, centerId);
    });
  }

  async at(tx: Tx, centerId: string): Promise<QuietHours & { readonly version: number }> {
    const [row] = await tx.query<QuietHours & { version: number }>(
      'select starts_at as "from", ends_at as "to", version from message_quiet_hours where center_id = $1',
      [centerId],
    );
    return row ?? { ...DEFAULT_QUIET_HOURS, version: 0 };
  }
}
