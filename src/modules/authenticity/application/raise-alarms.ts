import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { legalDateFromInstant, timeOfDayMs } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { Suspicion } from '../domain/rules';
import { Alarm, AlarmMatter } from '../persistence/alarm.entity';
import { findSuspicions } from './find-suspicions';

const BATCH = 100;
const HOUR = 3_600_000;
/** While nobody waits for an answer. */
const FROM = 1 * HOUR;
const TO = 6 * HOUR;

/** Looks every night at the matters that something happened to, and when somebody asks at one matter. */
@Injectable()
export class RaiseAlarms {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'raise-alarms', everyMs: HOUR / 2, isShared: true, work: () => this.tonight() });
  }

  /** Once in each night. */
  async tonight(): Promise<number> {
    const isDue = await this.unitOfWork.readAsSystem('authenticity', async (tx) => {
      const time = timeOfDayMs(tx.now);
      const [turn] = await tx.query<{ at: Date }>('select seen_until as at from authenticity_turn');
      return time >= FROM && time < TO && (!turn || legalDateFromInstant(turn.at) < legalDateFromInstant(tx.now));
    });
    return isDue ? this.sweep() : 0;
  }

  /** Everything that something happened to since the last turn; answers how many alarms were raised. */
  async sweep(): Promise<number> {
    const { ids, until } = await this.unitOfWork.readAsSystem('authenticity', async (tx) => ({
      until: tx.now,
      ids: (
        await tx.query<{ id: string }>(
          // An hour again: what was under way at the last turn had its instant already, and could not be seen yet.
          `with last as (select coalesce((select seen_until - interval '1 hour' from authenticity_turn), '-infinity') as at)
           select e.dispute_id as id from dispute_event e where e.at > (select at from last) and e.at <= $1
           union select w.dispute_id from party_word w where w.said_at > (select at from last) and w.said_at <= $1
           order by 1`,
          [tx.now],
        )
      ).map((row) => row.id),
    }));
    let raised = 0;
    for (let from = 0; from < ids.length; from += BATCH) {
      // What a stop leaves undone is looked at in the next turn: the place is kept at the end alone.
      if (this.chores.isStopped) return raised;
      raised += await this.look(ids.slice(from, from + BATCH));
    }
    await this.unitOfWork.runAsSystem('authenticity', (tx) =>
      tx.query(
        `insert into authenticity_turn (seen_until) values ($1)
         on conflict (id) do update set seen_until = greatest(authenticity_turn.seen_until, excluded.seen_until)`,
        [until],
      ),
    );
    return raised;
  }

  /** Looks at these matters; answers how many alarms were raised or grew. */
  async look(disputeIds: readonly string[]): Promise<number> {
    return this.unitOfWork.runAsSystem('authenticity', async (tx) => {
      let raised = 0;
      for (const suspicion of await findSuspicions(tx, disputeIds)) {
        if (await this.raise(tx, suspicion)) raised += 1;
      }
      return raised;
    });
  }

  /** Once for the same thing: an open alarm takes further matters in, a decided one comes again only with further matters. */
  private async raise(tx: Tx, { kind, about, disputeIds, facts, explanation }: Suspicion): Promise<boolean> {
    const fingerprint = createHash('sha256').update(`${kind}\n${about}`).digest('hex');
    // Two that look at the same time raise it one after the other.
    await tx.query('select pg_advisory_xact_lock(727064, hashtext($1))', [fingerprint]);
    const [last] = await tx.query<{ id: string; state: string; known: string[] }>(
      `select a.id, a.state, (select coalesce(array_agg(m.dispute_id), '{}') from alarm_matter m
          join alarm o on o.id = m.alarm_id where o.kind = a.kind and o.fingerprint = a.fingerprint) as known
         from alarm a where a.kind = $1 and a.fingerprint = $2 order by a.raised_at desc, a.id desc limit 1`,
      [kind, fingerprint],
    );
    const fresh = disputeIds.filter((id) => last?.known.includes(id) !== true);
    if (fresh.length === 0) return false;
    if (last?.state === 'open') {
      await tx.query('update alarm set facts = $2, explanation = $3, version = version + 1 where id = $1', [
        last.id,
        JSON.stringify(facts),
        explanation,
      ]);
      for (const disputeId of fresh) await tx.insert(AlarmMatter, { alarmId: last.id, disputeId });
      return true;
    }
    const { centerId } = await tx.one<{ centerId: string }>(
      'select center_id as "centerId" from dispute where id = any ($1) order by registered_at desc, id desc limit 1',
      [disputeIds],
    );
    const id = uuidv7();
    await tx.insert(Alarm, { id, centerId, kind, fingerprint, facts, explanation, state: 'open', raisedAt: tx.now });
    for (const disputeId of disputeIds) await tx.insert(AlarmMatter, { alarmId: id, disputeId });
    tx.audit({
      act: 'authenticity.raise',
      objectType: 'alarm',
      objectId: id,
      chain: centerId,
      details: { kind, matters: disputeIds.length },
    });
    return true;
  }
}
