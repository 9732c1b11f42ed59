import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, LIGHTS } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { SEALED_TITLE } from '../../disputes';
import { MORNING_TOPICS, type MorningTally, NOTHING, sentenceOf } from '../domain/morning';
import { type ClockScope } from './open-clocks';
import { beginningsFor } from './read-supervisions';
import { type LitOpenClock, row, scopeOf, WatchList } from './watch-list';

/** Cases shown beneath a sentence; the list holds them all. */
const SHOWN = 20;

type Shown = Pick<
  ReturnType<typeof row>,
  'key' | 'light' | 'lightName' | 'holder' | 'distance' | 'disputeId' | 'taskId' | 'registrationNumber' | 'title'
> & { readonly allowedActs: readonly string[]; readonly taskActs: readonly string[] };

interface Topic {
  tally: MorningTally;
  readonly holders: Map<string, number>;
  readonly items: Shown[];
  hidden: number;
}

/** 晨报: ten sentences, each with its cases, made from the same clocks as the red and yellow list. */
@Injectable()
export class MorningReport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly watchList: WatchList,
  ) {}

  async execute(filter: { readonly centerId?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'supervisions.read-morning');
      const scope = scopeOf(tx, filter);
      const topics = new Map<string, Topic>();
      for await (const clock of this.watchList.scan(tx, scope)) {
        if (clock.light === 'red' || clock.light === 'yellow') add(tx, topicOf(topics, clock.clock), clock);
      }
      await this.addUncharged(tx, scope, topicOf(topics, 'uncharged'));
      return {
        on: legalDateFromInstant(tx.now),
        sentences: MORNING_TOPICS.map((topic) => {
          const { tally = NOTHING, items = [], hidden = 0 } = topics.get(topic.clock) ?? {};
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

  /** Red matters in hand that no leader has taken charge of; a red one is his (研判分级：红色由主任负责). */
  private async addUncharged(tx: Tx, { centerIds }: ClockScope, topic: Topic): Promise<void> {
    const rows = await tx.asSystem(() =>
      tx.query<{
        id: string;
        centerId: string;
        centerName: string;
        handlingCenterId: string | null;
        registrationNumber: string;
        title: string;
        isSealed: boolean;
        isHidden: boolean;
      }>(
        `select d.id, d.center_id as "centerId", ce.name as "centerName", d.handling_center_id as "handlingCenterId",
                d.registration_number as "registrationNumber", d.title, d.is_sealed as "isSealed",
                d.is_sealed and not exists (select 1 from dispute_access a where a.dispute_id = d.id and a.account_id = $2
                  and (a.ends_at is null or a.ends_at > $3)) as "isHidden"
           from dispute d join center ce on ce.id = d.center_id
          where (d.center_id = any ($1) or d.handling_center_id = any ($1)) and d.risk_level = 'red'
            and d.state not in ('closed', 'followed-up', 'archived', 'merged')
            and not exists (select 1 from supervision s where s.dispute_id = d.id and s.kind = 'charge' and s.state <> 'withdrawn')
          order by d.registered_at, d.id`,
        [centerIds, tx.actor.accountId, tx.now],
      ),
    );
    for (const found of rows) {
      topic.tally = { ...topic.tally, red: topic.tally.red + 1 };
      if (found.isHidden) {
        topic.hidden += 1;
      } else if (topic.items.length < SHOWN) {
        const { centerId, handlingCenterId } = found;
        topic.items.push({
          key: `uncharged_${found.id}`,
          light: 'red',
          lightName: LIGHTS.red,
          holder: found.centerName,
          distance: '尚未包案',
          disputeId: found.id,
          taskId: null,
          registrationNumber: found.registrationNumber,
          title: found.isSealed ? SEALED_TITLE : found.title,
          allowedActs: beginningsFor(tx, { centerId, handlingCenterId }),
          taskActs: [],
        });
      }
    }
  }
}

function topicOf(topics: Map<string, Topic>, key: string): Topic {
  const topic = topics.get(key) ?? { tally: NOTHING, holders: new Map<string, number>(), items: [], hidden: 0 };
  topics.set(key, topic);
  return topic;
}

/** Clocks come with the earliest due first: the first late one is the latest. */
function add(tx: Tx, topic: Topic, clock: LitOpenClock): void {
  const { tally, holders } = topic;
  if (clock.light === 'red') {
    const count = (holders.get(clock.holder) ?? 0) + 1;
    holders.set(clock.holder, count);
    topic.tally = {
      ...tally,
      red: tally.red + 1,
      longest: tally.longest ?? clock.distance,
      worst: tally.worst === null || count > tally.worst.count ? { holder: clock.holder, count } : tally.worst,
    };
  } else {
    topic.tally = { ...tally, yellow: tally.yellow + 1 };
  }
  if (clock.isHidden) {
    topic.hidden += 1;
  } else if (topic.items.length < SHOWN) {
    topic.items.push(row(tx, clock, 0));
  }
}
