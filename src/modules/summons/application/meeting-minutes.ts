import { Injectable } from '@nestjs/common';
import { hidePersonalNumbers, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Text, Uuid } from '../../../platform/http';
import { type PaperSubject, present } from '../../documents';
import {
  FEEDBACK_RESULTS,
  type FeedbackResult,
  RANKS,
  type Rank,
  TASK_ROLES,
  type TaskRole,
} from '../domain/dictionaries';
import { type AskAnswer, Summons } from '../persistence/summons.entity';

export class MinutesParameters {
  @Uuid({ label: '吹哨单', optional: true, description: '不填为最近一次有部门到场的吹哨' })
  summonsId?: string;

  @Text({ label: '主持人', max: 50, optional: true, description: '不填的留空由主持人签名', example: '赵研判' })
  chair?: string;

  @Text({ label: '记录人', max: 50, optional: true, example: '王敏' })
  recorder?: string;

  @Text({
    label: '会议议定事项',
    max: 2000,
    multiline: true,
    optional: true,
    description: '不填的留出横线。发给各参加单位，不得写入当事人的联系方式和单独听取的内容',
    example: '由住建局牵头，一月底前完成泵房移交。',
  })
  conclusion?: string;
}

interface UnitRow {
  readonly name: string;
  readonly role: TaskRole;
  readonly person: string | null;
  readonly rank: Rank | null;
  readonly arrivedAt: Date | null;
  readonly result: FeedbackResult | null;
  readonly ground: string | null;
  readonly answers: readonly AskAnswer[] | null;
}

/** Who was asked to come, who came, and what each has said last that was not sent back. */
const UNITS = `select a.name, t.role, r.person_name as person, r.rank, r.arrived_at as "arrivedAt", f.result, f.ground, f.answers
  from summons_task t join agency a on a.id = t.agency_id
  left join lateral (select person_name, rank, arrived_at from summons_arrival
    where task_id = t.id order by arrived_at limit 1) r on true
  left join lateral (select result, ground, answers from summons_feedback
    where task_id = t.id and returned_at is null order by round desc limit 1) f on true
  where t.summons_id = $1 and t.state not in ('draft', 'upheld', 'withdrawn') and (t.role <> 'notify' or r.arrived_at is not null)
  order by array_position(array['lead', 'assist', 'notify'], t.role), t.issued_at, a.name`;

const LATEST_WITH_ARRIVAL = `select s.id from summons s
  where s.dispute_id = $1 and exists (select 1 from summons_task t join summons_arrival r on r.task_id = t.id where t.summons_id = s.id)
  order by s.issued_at desc, s.id desc limit 1`;

/**
 * What 会商会议纪要 says where agencies came together on a whistle without a meeting of its own. It goes to all of them, so that
 * it says of the matter no more than the whistle does.
 */
@Injectable()
export class MeetingMinutes {
  async load(tx: Tx, disputeId: string, asked: MinutesParameters): Promise<PaperSubject> {
    const [latest] =
      asked.summonsId === undefined ? await tx.query<{ id: string }>(LATEST_WITH_ARRIVAL, [disputeId]) : [];
    const summonsId = asked.summonsId ?? latest?.id;
    const summons = summonsId === undefined ? null : await tx.get(Summons, summonsId);
    const units = summons?.disputeId === disputeId ? await tx.query<UnitRow>(UNITS, [summonsId]) : [];
    const arrivals = units.flatMap((u) => (u.arrivedAt === null ? [] : [u.arrivedAt]));
    const [first] = arrivals.sort((a, b) => a.getTime() - b.getTime());
    if (!summons || summons.number === null || first === undefined) {
      throw ruleViolation(
        'summons.no-meeting',
        '该吹哨单还没有部门到场签到的记录，不能出具会议纪要。',
        '/parameters/summonsId',
      );
    }
    const { center, registration } = await tx.one<{ center: string; registration: string }>(
      `select c.name as center, d.registration_number as registration
         from summons s join center c on c.id = s.center_id join dispute d on d.id = s.dispute_id where s.id = $1`,
      [summonsId],
    );
    return {
      title: '会商会议纪要',
      number: summons.number,
      names: units.map((u) => u.name),
      copies: units.length + 1,
      subjectType: 'summons',
      subjectId: summons.id,
      data: {
        number: summons.number,
        matterNumber: registration,
        issuer: center,
        heldAt: (summons.meetAt ?? first).toISOString(),
        ...present({ place: summons.place, chair: asked.chair }),
        chairSlot: 'chair',
        ...present({ recorder: asked.recorder }),
        brief: hidePersonalNumbers(summons.brief),
        units: units.map(({ name, role, person, rank, arrivedAt }, i) => ({
          slot: `unit-${i + 1}`,
          name,
          role: TASK_ROLES[role],
          ...present({ person, rank: rank && RANKS[rank], arrivedAt: arrivedAt?.toISOString() }),
        })),
        asks: summons.asks.map((text, i) => ({ text, ...present({ opinions: opinionsOn(units, i + 1) }) })),
        results: units.flatMap(({ name, result, ground }) =>
          result === null
            ? []
            : [
                {
                  unit: name,
                  result: FEEDBACK_RESULTS[result],
                  ...present({ ground: ground && hidePersonalNumbers(ground) }),
                },
              ],
        ),
        ...present({ conclusion: asked.conclusion && hidePersonalNumbers(asked.conclusion) }),
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}

/** `征收办：已调取档案。` for each agency that has answered this item of the whistle. */
function opinionsOn(units: readonly UnitRow[], ask: number): string | null {
  const said = units.flatMap(({ name, answers }) =>
    (answers ?? []).filter((a) => a.ask === ask).map((a) => `${name}：${hidePersonalNumbers(a.answer)}`),
  );
  return said.length === 0 ? null : said.join('\n');
}
