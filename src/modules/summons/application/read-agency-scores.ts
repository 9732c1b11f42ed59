import { Injectable } from '@nestjs/common';
import { endOfDay, type LegalDate, legalDate, legalDateFromInstant, ruleViolation, startOfDay } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import {
  APPEAL_OUTCOMES,
  type AppealOutcome,
  type ExcusablePart,
  type Satisfaction,
  TASK_ROLES,
  type TaskRole,
} from '../domain/dictionaries';
import {
  type AgencyTally,
  isScored,
  ranksOf,
  SCORE_PARTS,
  type Score,
  type ScoredTask,
  scoreOf,
  tallyOf,
  TIMED_PARTS,
  type TimedPart,
} from '../domain/score';
import type { TaskState } from '../domain/task-lifecycle';
import { type KeptWeights, weightsById, weightsInForce, weightsName } from './keep-score-weights';

export interface ScorePeriod {
  readonly from?: string;
  readonly to?: string;
}

interface RatedRow {
  readonly id: string;
  readonly agencyId: string;
  readonly summonsId: string;
  readonly number: string | null;
  readonly registrationNumber: string | null;
  readonly role: TaskRole;
  readonly state: TaskState;
  readonly weightsId: string | null;
  readonly ratedAt: Date;
  readonly effect: number;
  readonly satisfaction: Satisfaction | null;
  readonly appealOutcome: AppealOutcome | null;
  readonly hasAppeal: boolean;
  readonly appealEffect: number | null;
  readonly excused: readonly ExcusablePart[] | null;
  readonly onTime: Readonly<Partial<Record<TimedPart, boolean>>> | null;
}

interface CountRow {
  readonly agencyId: string;
  readonly upheld: number;
  readonly withdrawn: number;
  readonly unrated: number;
}

/** A score with what it came from. */
interface ScoredRow {
  readonly row: RatedRow;
  readonly task: ScoredTask;
  readonly score: Score;
  readonly weights: KeptWeights;
}

/** A clock that was met or stopped is late by its due instant; feedback is in time only when each round was. */
const RATED = `select t.id, t.agency_id as "agencyId", t.summons_id as "summonsId", s.number, d.registration_number as "registrationNumber",
    t.role, t.state, t.score_weights_id as "weightsId", r.rated_at as "ratedAt", r.effect,
    (select p.satisfaction from summons_rating p where p.task_id = t.id and p.rater = 'party' order by p.id limit 1) as satisfaction,
    a.id is not null as "hasAppeal", a.outcome as "appealOutcome", a.effect as "appealEffect", a.excused,
    (select jsonb_object_agg(u.kind, u."inTime") from (
       select kind, bool_and(current_due_at is null or coalesce(met_at, stopped_at, $5::timestamptz) < current_due_at) as "inTime"
         from summons_due where task_id = t.id and kind <> 'ruling' group by kind) u) as "onTime"
  from summons_rating r join summons_task t on t.id = r.task_id join summons s on s.id = t.summons_id
       left join dispute d on d.id = t.dispute_id left join summons_appeal a on a.task_id = t.id
 where r.rater = 'center' and r.rated_at >= $3 and r.rated_at < $4
   and ($1::uuid is null or s.center_id = $1) and ($2::uuid is null or t.agency_id = $2)
 order by r.rated_at desc, t.id`;

/** What is left out of the mean, counted all the same: by the day on which it was issued. */
const COUNTS = `select t.agency_id as "agencyId", count(*) filter (where t.state = 'upheld')::int as upheld,
    count(*) filter (where t.state = 'withdrawn')::int as withdrawn,
    count(*) filter (where t.role <> 'notify' and t.state not in ('draft', 'upheld', 'withdrawn')
      and not exists (select 1 from summons_rating r where r.task_id = t.id and r.rater = 'center'))::int as unrated
  from summons_task t join summons s on s.id = t.summons_id
 where t.issued_at >= $3 and t.issued_at < $4 and ($1::uuid is null or s.center_id = $1) and ($2::uuid is null or t.agency_id = $2)
 group by t.agency_id`;

const SCORE_DEFINITION =
  '平均得分＝统计期内由中心评分的任务的得分之和÷这些任务的件数，按评分日期归入统计期。得分按评分当日执行的权重计算，不适用的评分项不计，其余按比例折算；申诉成立的按裁定改定。异议成立、撤哨和只知会的不计分；没有评过分的部门显示“—”。';

/** 部门响应: the score of each agency over a period, and the very tasks behind it. */
@Injectable()
export class ReadAgencyScores {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** All agencies of a center. Whoever has too few tasks is shown without a place. */
  async ofCenter(centerId: string, period: ScorePeriod) {
    return this.unitOfWork.read(async (tx) => {
      const [center] = await tx.query<{ name: string }>('select name from center where id = $1', [centerId]);
      authorize(tx.actor, 'agency-scores.list', { centerId });
      const span = spanOf(period, legalDateFromInstant(tx.now));
      const agencies = await tx.query<{ id: string; name: string }>(
        'select id, name from agency where center_id = $1 order by name',
        [centerId],
      );
      const scored = await this.scored(tx, centerId, null, span);
      const counts = await this.counts(tx, centerId, null, span);
      const { rankedFrom } = await weightsInForce(tx, centerId);
      const tallies = agencies.map((a) =>
        tallyOf(
          a.id,
          scored.filter(({ row }) => row.agencyId === a.id),
        ),
      );
      const ranks = ranksOf(tallies, rankedFrom);
      const items = agencies.map((agency, i) => {
        const tally = tallies[i] ?? tallyOf(agency.id, []);
        const own = scored.filter(({ row }) => row.agencyId === agency.id);
        return summaryView(
          agency,
          tally,
          own,
          counts.find((c) => c.agencyId === agency.id),
          ranks.get(agency.id) ?? null,
        );
      });
      const place = ({ rank, mean }: { rank: number | null; mean: number | null }): number =>
        rank ?? (mean === null ? 10_000 : 5_000 - mean);
      return {
        centerName: center?.name ?? '',
        ...span,
        definition: SCORE_DEFINITION,
        rankedFrom,
        items: items.sort((a, b) => place(a) - place(b)),
      };
    });
  }

  /** One agency: what the period says of it, and its tasks. For the agency itself too, without its place among others. */
  async ofAgency(agencyId: string, period: ScorePeriod) {
    return this.unitOfWork.read(async (tx) => {
      const agency = await tx.one<{ id: string; name: string; centerId: string }>(
        'select id, name, center_id as "centerId" from agency where id = $1',
        [agencyId],
      );
      authorize(tx.actor, 'agency-scores.read', { centerId: agency.centerId, agencyIds: [agencyId] });
      const span = spanOf(period, legalDateFromInstant(tx.now));
      const scored = await this.scored(tx, null, agencyId, span);
      const [counts] = await this.counts(tx, null, agencyId, span);
      const isOwn = tx.actor.agencyIds.includes(agencyId);
      const { rankedFrom } = await weightsInForce(tx, agency.centerId);
      return {
        ...span,
        definition: SCORE_DEFINITION,
        rankedFrom,
        summary: summaryView(agency, tallyOf(agencyId, scored), scored, counts, null),
        tasks: scored.map((one) => taskView(one, isOwn)),
      };
    });
  }

  private async scored(tx: Tx, centerId: string | null, agencyId: string | null, span: Span): Promise<ScoredRow[]> {
    const rows = await tx.query<RatedRow>(RATED, [centerId, agencyId, ...instantsOf(span), tx.now]);
    const weights = await weightsById(
      tx,
      rows.map((r) => r.weightsId),
    );
    return rows.flatMap((row) => {
      const own = row.weightsId === null ? undefined : weights.get(row.weightsId);
      if (own === undefined || !isScored(row)) return [];
      const isGranted = row.appealOutcome === 'granted';
      const task: ScoredTask = {
        state: row.state,
        role: row.role,
        inTime: row.onTime ?? {},
        effect: isGranted ? (row.appealEffect ?? row.effect) : row.effect,
        party: row.satisfaction,
        excused: isGranted ? (row.excused ?? []) : [],
      };
      const score = scoreOf(task, own);
      return score === null ? [] : [{ row, task, score, weights: own }];
    });
  }

  private async counts(tx: Tx, centerId: string | null, agencyId: string | null, span: Span): Promise<CountRow[]> {
    return tx.query<CountRow>(COUNTS, [centerId, agencyId, ...instantsOf(span)]);
  }
}

interface Span {
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** The year until today where no period is given; at most three years. */
function spanOf({ from, to }: ScorePeriod, today: LegalDate): Span {
  const span = {
    from: from === undefined ? legalDate(`${today.slice(0, 4)}-01-01`) : legalDate(from),
    to: to === undefined ? today : legalDate(to),
  };
  if (span.from > span.to) throw ruleViolation('agency-scores.period', '截止日期应不早于起始日期，请核对。', '/to');
  return span;
}

function instantsOf({ from, to }: Span): [Date, Date] {
  return [startOfDay(from), endOfDay(to)];
}

function summaryView(
  agency: { readonly id: string; readonly name: string },
  { mean, totals, onTime }: AgencyTally,
  scored: readonly ScoredRow[],
  counts: CountRow | undefined,
  rank: number | null,
) {
  return {
    agencyId: agency.id,
    agencyName: agency.name,
    rank,
    mean,
    scored: totals.length,
    onTime: TIMED_PARTS.map((part) => ({ part, partName: SCORE_PARTS[part], ...onTime[part] })),
    upheld: counts?.upheld ?? 0,
    withdrawn: counts?.withdrawn ?? 0,
    unrated: counts?.unrated ?? 0,
    appeals: scored.filter(({ row }) => row.hasAppeal).length,
    openAppeals: scored.filter(({ row }) => row.hasAppeal && row.appealOutcome === null).length,
  };
}

function taskView({ row, score, weights, task }: ScoredRow, isOwn: boolean) {
  return {
    taskId: row.id,
    summonsId: row.summonsId,
    number: row.number ?? '',
    registrationNumber: row.registrationNumber,
    path: isOwn ? `/agency/tasks/${row.id}` : `/whistles/${row.summonsId}`,
    roleName: TASK_ROLES[row.role],
    ratedAt: row.ratedAt.toISOString(),
    score: score.total,
    parts: score.parts.map((part) => ({ ...part, partName: SCORE_PARTS[part.part] })),
    excusedNames: (task.excused ?? []).map((part) => SCORE_PARTS[part]),
    weightsName: weightsName(weights),
    appealName: !row.hasAppeal ? null : row.appealOutcome === null ? '申诉待裁定' : APPEAL_OUTCOMES[row.appealOutcome],
  };
}
