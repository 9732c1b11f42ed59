import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, LIGHTS } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { SEALED_TITLE } from '../../disputes';
import { MORNING_TOPICS, type MorningTally, NOTHING, sentenceOf } from '../domain/morning';
import {
  among,
  areMany,
  type ClockScope,
  type ClockTally,
  clockTallies,
  firstClocks,
  isFilling,
  type OpenClock,
} from './open-clocks';
import { beginningsFor } from './read-supervisions';
import { row, scopeOf, WatchList } from './watch-list';

/** Cases shown beneath a sentence; the list holds them all. */
const SHOWN = 20;

type Shown = Pick<
  ReturnType<typeof row>,
  'key' | 'light' | 'lightName' | 'holder' | 'distance' | 'disputeId' | 'taskId' | 'registrationNumber' | 'title'
> & { readonly allowedActs: readonly string[]; readonly taskActs: readonly string[] };

/** A sentence in the making. */
interface Topic {
  readonly tally: MorningTally;
  readonly items: Shown[];
  readonly hidden: number;
}

const CLOCKS = MORNING_TOPICS.flatMap(({ clock }) => (clock === 'uncharged' ? [] : [clock]));

/** 晨报: ten sentences, each with its cases, made from the same clocks as the red and yellow list. */
@Injectable()
export class MorningReport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly watchList: WatchList,
  ) {}

  async execute(filter: { readonly centerId?: string }) {
    return this.unitOfWork.readAlong(async (tx) => {
      authorize(tx.actor, 'supervisions.read-morning');
      const scope = scopeOf(tx, filter);
      const found = await tx.asSystem(async () => ({
        first: await firstClocks(tx, scope, CLOCKS, SHOWN),
        uncharged: await this.uncharged(tx, scope),
        isFilling: await isFilling(tx, scope),
        tallies: await clockTallies(tx, scope, CLOCKS),
      }));
      const topics = await this.byClock(tx, found.first, found.tallies, scope.centerIds.length > 1);
      topics.set('uncharged', found.uncharged);
      return {
        on: legalDateFromInstant(tx.now),
        isFilling: found.isFilling,
        sentences: MORNING_TOPICS.map((topic) => {
          const { tally, items, hidden } = topics.get(topic.clock) ?? { tally: NOTHING, items: [], hidden: 0 };
          return {
            key: topic.clock,
            label: topic.label,
            text: sentenceOf(topic, tally),
            light: tally.red > 0 ? 'red' : tally.yellow > 0 ? 'yellow' : 'green',
            redCount: tally.red,
            yellowCount: tally.yellow,
            hiddenCount: hidden,
            clock: topic.clock === 'uncharged' ? null : topic.clock,
            items,
          };
        }),
      };
    });
  }

  private async byClock(
    tx: Tx,
    first: readonly OpenClock[],
    tallies: readonly ClockTally[],
    isOfSeveral: boolean,
  ): Promise<Map<string, Topic>> {
    const topics = new Map<string, Topic>();
    const lit = await this.watchList.lit(tx, first);
    for (const { clock, red, yellow, hidden, worstHolder, worstCenter, worstCount } of tallies) {
      const ofKind = lit.filter((one) => one.clock === clock);
      topics.set(clock, {
        tally: {
          red,
          yellow,
          worst:
            worstHolder === null
              ? null
              : { holder: worstHolder, center: isOfSeveral ? worstCenter : null, count: worstCount },
          longest: red === 0 ? null : (ofKind[0]?.distance ?? null),
        },
        // Sealed ones among the first are not shown: the sentence counts them.
        items: ofKind.filter((one) => !one.isHidden).map((one) => row(tx, one, 0)),
        hidden,
      });
    }
    return topics;
  }

  /** Red matters in hand that no leader has taken charge of; a red one is his (研判分级：红色由主任负责). */
  private async uncharged(tx: Tx, scope: ClockScope): Promise<Topic> {
    // Of many centers the red ones of all are walked once.
    const within = (column: string): string => (areMany(scope) ? among(column, '$1::uuid[]') : `${column} = any ($1)`);
    const rows = await tx.query<UnchargedRow>(
      `with red as (
           select d.id, d.is_sealed and not exists (select 1 from dispute_access a where a.dispute_id = d.id
                    and a.account_id = $2 and (a.ends_at is null or a.ends_at > $3)) as hidden, d.registered_at
             from dispute d
            where (${within('d.center_id')} or ${within('d.handling_center_id')}) and d.risk_level = 'red'
              and d.state not in ('closed', 'followed-up', 'archived', 'merged')
              and not exists (select 1 from supervision s where s.dispute_id = d.id and s.kind = 'charge' and s.state <> 'withdrawn'))
         select t.total, t.hidden, d.id, d.center_id as "centerId", ce.name as "centerName",
                d.handling_center_id as "handlingCenterId", d.registration_number as "registrationNumber", d.title,
                d.is_sealed as "isSealed"
           from (select count(*)::int as total, count(*) filter (where hidden)::int as hidden from red) t
           left join (select * from red where not hidden order by registered_at, id limit $4) r on true
           left join dispute d on d.id = r.id left join center ce on ce.id = d.center_id
          order by r.registered_at, r.id`,
      [scope.centerIds, tx.actor.accountId, tx.now, SHOWN],
    );
    return {
      tally: { ...NOTHING, red: rows[0]?.total ?? 0 },
      hidden: rows[0]?.hidden ?? 0,
      items: rows.flatMap((found) => {
        const { id, centerId, handlingCenterId } = found;
        if (id === null) return [];
        return {
          key: `uncharged_${id}`,
          light: 'red' as const,
          lightName: LIGHTS.red,
          holder: found.centerName,
          distance: '尚未包案',
          disputeId: id,
          taskId: null,
          registrationNumber: found.registrationNumber,
          title: found.isSealed ? SEALED_TITLE : found.title,
          allowedActs: beginningsFor(tx, { centerId, handlingCenterId }),
          taskActs: [],
        };
      }),
    };
  }
}

interface UnchargedRow {
  readonly total: number;
  readonly hidden: number;
  /** Null in the one row of no matter. */
  readonly id: string | null;
  readonly centerId: string;
  readonly centerName: string;
  readonly handlingCenterId: string | null;
  readonly registrationNumber: string;
  readonly title: string;
  readonly isSealed: boolean;
}
