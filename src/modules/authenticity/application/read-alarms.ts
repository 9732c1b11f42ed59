import { Injectable } from '@nestjs/common';
import { authorize, centersOf, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { MATTER_STATES, type MatterState, Matters, SEALED_TITLE } from '../../disputes';
import { alarmLifecycle } from '../domain/alarm-lifecycle';
import { ALARM_KINDS, ALARM_LIGHTS, ALARM_RULES, ALARM_STATES, type AlarmKind, type AlarmState } from '../domain/kinds';
import type { Alarm } from '../persistence/alarm.entity';
import { RaiseAlarms } from './raise-alarms';

export interface AlarmFilter {
  readonly kind?: AlarmKind;
  readonly state?: AlarmState;
  readonly limit?: number;
  readonly cursor?: string;
}

type AlarmRow = Omit<Alarm, 'fingerprint' | 'facts' | 'decidedBy'> & {
  readonly centerName: string;
  readonly isOwnWork: boolean;
  readonly total: number;
  readonly matters: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly isSealed: boolean;
    readonly state: MatterState;
    readonly handlerName: string | null;
  }[];
};

/** Shown of so many matters; their number is told in any case. */
const MOST_MATTERS = 30;

/** Alarms as rows; `$1` is whoever asks. Matters are those that the reader may see. */
const SELECT = `select a.id, a.center_id as "centerId", c.name as "centerName", a.kind, a.explanation, a.state, a.raised_at as "raisedAt",
    a.decided_by_name as "decidedByName", a.decided_at as "decidedAt", a.decision, a.version, app.alarm_size(a.id) as total,
    exists (select 1 from alarm_matter m join dispute d on d.id = m.dispute_id where m.alarm_id = a.id
      and d.handler_account_id = $1::uuid) as "isOwnWork",
    (select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc), '[]') from (
       select d.id, coalesce(d.case_number, d.registration_number) as number, d.title, d.is_sealed as "isSealed", d.state,
              h.display_name as "handlerName", d.registered_at as at
         from alarm_matter m join dispute d on d.id = m.dispute_id left join account h on h.id = d.handler_account_id
        where m.alarm_id = a.id order by d.registered_at desc limit ${MOST_MATTERS}) x) as matters
  from alarm a join center c on c.id = a.center_id`;

/** Signs that files may not tell what happened, for those who look into them. */
@Injectable()
export class ReadAlarms {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly raiseAlarms: RaiseAlarms,
  ) {}

  async list({ kind, state, limit = 20, cursor }: AlarmFilter) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'authenticity.list');
      const [before, beforeId] = momentAfter(cursor);
      const rows = await tx.query<AlarmRow>(
        `${SELECT} where a.center_id = any ($2) and ($3::text is null or a.kind = $3) and ($4::text is null or a.state = $4)
            and ($5::timestamptz is null or (a.raised_at, a.id) < ($5, $6::uuid))
          order by a.raised_at desc, a.id desc limit $7`,
        [tx.actor.accountId, readable(tx), kind ?? null, state ?? null, before, beforeId, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => momentCursor(row.raisedAt, row.id));
      tx.audit({
        act: 'authenticity.list',
        objectType: 'alarm',
        chain: readable(tx)[0] ?? null,
        details: { shown: page.items.length },
      });
      return { items: page.items.map((row) => viewOf(tx, row)), nextCursor: page.nextCursor };
    });
  }

  async ofMatter(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'authenticity.read-of-matter');
      return this.answer(tx, dispute, 'authenticity.read-of-matter');
    });
  }

  /** Looks at one matter now, instead of in the night. */
  async check(disputeId: string) {
    return this.unitOfWork.prepareAndRun(
      async () => {
        await this.unitOfWork.read((tx) => this.matters.read(tx, disputeId, 'authenticity.check'));
        await this.raiseAlarms.look([disputeId]);
      },
      async (tx) => {
        const { dispute } = await this.matters.read(tx, disputeId, 'authenticity.check');
        return this.answer(tx, dispute, 'authenticity.check');
      },
    );
  }

  async one(tx: Tx, id: string) {
    return viewOf(tx, await tx.one<AlarmRow>(`${SELECT} where a.id = $2`, [tx.actor.accountId, id]));
  }

  private async answer(tx: Tx, dispute: { readonly id: string; readonly centerId: string }, act: string) {
    const rows = await tx.query<AlarmRow>(
      `${SELECT} where a.center_id = any ($2) and a.id in (select alarm_id from alarm_matter where dispute_id = $3)
        order by a.raised_at desc, a.id desc limit 100`,
      [tx.actor.accountId, readable(tx), dispute.id],
    );
    tx.audit({
      act,
      objectType: 'dispute',
      objectId: dispute.id,
      disputeId: dispute.id,
      chain: dispute.centerId,
      details: { alarms: rows.length },
    });
    const facts = { centerId: dispute.centerId };
    return {
      items: rows.map((row) => viewOf(tx, row)),
      allowedActs: mayAct(tx.actor, policyOf('authenticity.check')?.by ?? [], facts) ? ['authenticity.check'] : [],
    };
  }
}

/** Centers whose alarms the actor looks into: row security knows centers, not posts. */
const readable = (tx: Tx): string[] => centersOf(tx.actor, ['center-director', 'superior', 'supervisor']);

function viewOf(tx: Tx, row: AlarmRow) {
  const { isOwnWork, total, matters, raisedAt, decidedAt, ...rest } = row;
  const allowed = alarmLifecycle.allowedActs({ state: row.state, isOwnWork }, tx.now, (by) =>
    mayAct(tx.actor, by, { centerId: row.centerId }),
  );
  return {
    ...rest,
    kindName: ALARM_KINDS[row.kind],
    rule: ALARM_RULES[row.kind],
    stateName: ALARM_STATES[row.state],
    light: ALARM_LIGHTS[row.state],
    raisedAt: raisedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    matters: matters.map(({ id, number, title, isSealed, state, handlerName }) => ({
      id,
      number,
      title: isSealed ? SEALED_TITLE : title,
      stateName: MATTER_STATES[state],
      handlerName,
    })),
    hiddenMatters: total - matters.length,
    allowedActs: allowed.map((act) => `authenticity.${act}`),
  };
}
