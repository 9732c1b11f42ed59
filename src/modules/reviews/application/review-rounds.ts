import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import { DomainError, endOfDay, formatLegalDateCn, legalDate, ruleViolation, startOfDay } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { writeSheet } from '../../../platform/excel';
import { deal, draw, type Stratum } from '../domain/draw';
import { frequencyOf, GRADES, type Grade, type Mark, POINT_NAMES } from '../domain/points';
import { REVIEW_STATES, type ReviewState } from '../domain/review-lifecycle';
import { ReviewFile, ReviewRound } from '../persistence/review.entity';

export interface DrawInput {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly share: number;
  readonly atLeast: number;
  readonly answerDays: number;
  readonly excellentFrom: number;
  readonly passingFrom: number;
  readonly reviewerIds: readonly string[];
}

interface RoundRow extends Omit<ReviewRound, 'pool' | 'seed'> {
  readonly counts: Readonly<Partial<Record<ReviewState, number>>> | null;
}

interface FileRow {
  readonly id: string;
  readonly roundId: string;
  readonly roundTitle: string;
  readonly disputeId: string;
  readonly registrationNumber: string;
  readonly caseNumber: string | null;
  readonly mediatorName: string;
  readonly reviewerId: string | null;
  readonly reviewerName: string | null;
  readonly state: ReviewState;
  readonly marks: readonly Mark[] | null;
  readonly total: number | null;
  readonly grade: Grade | null;
  readonly answerDueOn: string | null;
}

const ROUND = `select r.id, r.center_id as "centerId", r.title, r.from_on as "fromOn", r.to_on as "toOn", r.share, r.at_least as "atLeast",
    r.answer_days as "answerDays", r.excellent_from as "excellentFrom", r.passing_from as "passingFrom",
    r.drawn_by as "drawnBy", r.drawn_by_name as "drawnByName", r.drawn_at as "drawnAt", r.cancelled_by as "cancelledBy",
    r.cancelled_at as "cancelledAt", r.cancel_reason as "cancelReason", r.version,
    (select jsonb_object_agg(n.state, n.count) from (select f.state, count(*)::int as count from review_file f
       where f.round_id = r.id group by f.state) n) as counts
  from review_round r`;

const FILE = `select f.id, f.round_id as "roundId", r.title as "roundTitle", f.dispute_id as "disputeId", d.registration_number as "registrationNumber",
    d.case_number as "caseNumber", f.mediator_name as "mediatorName", f.reviewer_id as "reviewerId", f.reviewer_name as "reviewerName",
    f.state, f.marks, f.total, f.grade, f.answer_due_on as "answerDueOn"
  from review_file f join review_round r on r.id = f.round_id join dispute d on d.id = f.dispute_id`;

/** What ended in the span under the center and was not drawn in this year; nobody reviews what is sealed to them. */
const POOL = `
  select m.account_id as "mediatorId", m.name as "mediatorName", jsonb_agg(d.id order by d.id) as "disputeIds"
    from dispute d
    cross join lateral (select a.account_id, a.name from assignment a where a.dispute_id = d.id and a.capacity = 'host'
       order by a.assigned_at desc, a.id desc limit 1) m
   where d.center_id = $1 and d.case_number is not null and d.state in ('closed', 'followed-up', 'archived')
     and d.closed_at >= $2 and d.closed_at < $3 and not d.is_sealed
     and not exists (select 1 from review_file f join review_round r on r.id = f.round_id
       where f.dispute_id = d.id and f.state <> 'cancelled'
         and date_trunc('year', r.drawn_at at time zone 'Asia/Shanghai') = date_trunc('year', $4::timestamptz at time zone 'Asia/Shanghai'))
   group by m.account_id, m.name order by m.name, m.account_id`;

/** Everybody who ever served on the matter or handled it. */
const PARTICIPANTS = `select d.id, d.volume, array_remove(array(select a.account_id from assignment a where a.dispute_id = d.id
      union select x.account_id from dispute_access x where x.dispute_id = d.id and x.ground = 'assigned'
      union select d.handler_account_id), null) as participants
  from dispute d where d.id = any ($1)`;

const REVIEWERS = `select distinct a.id, a.display_name as name from account a join role_grant g on g.account_id = a.id
  where a.status = 'active' and g.scope_id = $1 and g.role in ('supervisor', 'archivist', 'duty-leader')
    and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2) order by a.display_name`;

/** 卷宗评查: rounds, how they were drawn, and what came of them. */
@Injectable()
export class ReviewRounds {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Rounds of a center, the latest first, and the files that wait for whoever asks. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'review-rounds.list', { centerId });
      const rounds = await tx.query<RoundRow>(`${ROUND} where r.center_id = $1 order by r.drawn_at desc limit 50`, [
        centerId,
      ]);
      const mine = await tx.query<FileRow>(
        `${FILE} where r.center_id = $1 and f.reviewer_id = $2 and f.state in ('drawn', 'answered')
          order by f.state, r.drawn_at, f.ordinal limit 200`,
        [centerId, tx.actor.accountId],
      );
      return {
        items: rounds.map((round) => roundView(tx, round)),
        mine: mine.map(fileView),
        allowedActs: mayAct(tx.actor, policyOf('review-rounds.draw')?.by ?? [], { centerId })
          ? ['review-rounds.draw']
          : [],
      };
    });
  }

  async reviewers(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'review-rounds.list-reviewers', { centerId });
      return tx.query<{ id: string; name: string }>(REVIEWERS, [centerId, tx.now]);
    });
  }

  /** One round: its files, how often each point had a finding, and whether seed and pool give this very draw. */
  async one(id: string) {
    return this.unitOfWork.read(async (tx) => {
      const round = await tx.one<RoundRow & { seed: string; pool: readonly Stratum[] }>(
        `${ROUND.replace('r.version,', 'r.version, r.seed, r.pool,')} where r.id = $1`,
        [id],
      );
      authorize(tx.actor, 'review-rounds.read', round);
      const files = await this.files(tx, id);
      const lot = lotOf(round.seed);
      const again = draw(round.pool, round, lot).map((d) => d.disputeId);
      const drawn = await tx.asSystem(() =>
        tx.query<{ id: string }>('select dispute_id as id from review_file where round_id = $1 order by ordinal', [id]),
      );
      return {
        ...roundView(tx, round),
        seed: round.seed,
        isReproduced: again.length === drawn.length && again.every((one, i) => drawn[i]?.id === one),
        strata: round.pool.map(({ mediatorName, disputeIds }) => ({
          mediatorName,
          pool: disputeIds.length,
          drawn: again.filter((one) => disputeIds.includes(one)).length,
        })),
        ...summaryOf(files),
        files: files.map(fileView),
      };
    });
  }

  async draw(centerId: string, input: DrawInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'review-rounds.draw', { centerId });
      const { title, from, to, share, atLeast, answerDays, excellentFrom, passingFrom } = input;
      if (from > to) throw ruleViolation('review-rounds.period', '截止日期应不早于起始日期，请核对。', '/to');
      if (excellentFrom <= passingFrom)
        throw ruleViolation('review-rounds.grades', '“优”的分数线应高于“合格”的分数线。', '/excellentFrom');
      const all = await tx.query<{ id: string; name: string }>(REVIEWERS, [centerId, tx.now]);
      const reviewers = all.filter((r) => input.reviewerIds.includes(r.id));
      if (reviewers.length !== new Set(input.reviewerIds).size)
        throw ruleViolation(
          'review-rounds.unfit-reviewer',
          '评查人应是本中心的督办员、档案员或者值班长，请从列表中选择。',
          '/reviewerIds',
        );
      // Two rounds drawn at once would draw the same files.
      await tx.query('select pg_advisory_xact_lock(727068, hashtext($1))', [centerId]);
      const pool = await tx.asSystem(() =>
        tx.query<Stratum>(POOL, [centerId, startOfDay(legalDate(from)), endOfDay(legalDate(to)), tx.now]),
      );
      if (pool.length === 0)
        throw new DomainError(
          'conflict',
          'review-rounds.nothing',
          '这一期间没有可以抽取的卷宗：没有办结的调解案件，或者今年都已经评查过。',
        );
      const seed = randomBytes(16).toString('hex');
      const drawn = draw(pool, { share, atLeast }, lotOf(seed));
      const id = uuidv7();
      await tx.insert(ReviewRound, {
        id,
        centerId,
        title,
        fromOn: from,
        toOn: to,
        share,
        atLeast,
        answerDays,
        excellentFrom,
        passingFrom,
        seed,
        pool,
        drawnBy: tx.actor.accountId ?? '',
        drawnByName: tx.actor.displayName ?? '',
        drawnAt: tx.now,
      });
      // A director draws what only the desk may open.
      const unassigned = await tx.asSystem(() => this.enter(tx, id, drawn, reviewers));
      tx.audit({
        act: 'review-rounds.draw',
        objectType: 'review-round',
        objectId: id,
        chain: centerId,
        details: {
          from,
          to,
          share,
          atLeast,
          seed,
          pool: pool.reduce((n, s) => n + s.disputeIds.length, 0),
          drawn: drawn.length,
        },
      });
      for (const { id: reviewerId } of reviewers)
        tx.send({ topic: 'review-rounds.drawn', payload: { namedId: reviewerId, roundId: id } });
      return { id, drawn: drawn.length, unassigned };
    });
  }

  /** What was not reviewed yet is called off; what was keeps its marks. The round stays on record. */
  async cancel(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const round = await tx.lock(ReviewRound, id);
      authorize(tx.actor, 'review-rounds.cancel', round);
      tx.checkVersion(round);
      if (round.cancelledAt !== null)
        throw new DomainError('conflict', 'review-rounds.cancelled', '本次评查已经取消，请刷新。');
      await tx.update(ReviewRound, id, { cancelledBy: tx.actor.accountId, cancelledAt: tx.now, cancelReason: reason });
      const left = await tx.asSystem(() =>
        tx.query(
          "update review_file set state = 'cancelled', version = version + 1 where round_id = $1 and state = 'drawn' returning 1",
          [id],
        ),
      );
      tx.audit({
        act: 'review-rounds.cancel',
        objectType: 'review-round',
        objectId: id,
        chain: round.centerId,
        details: { cancelled: left.length },
      });
      return { id, drawn: 0, unassigned: 0 };
    });
  }

  /** Excel of a round: a line per file with its points and findings. */
  async export(id: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { round, files } = await this.unitOfWork.run(async (tx) => {
      const found = await tx.one<RoundRow>(`${ROUND} where r.id = $1`, [id]);
      authorize(tx.actor, 'review-rounds.export', found);
      tx.audit({ act: 'review-rounds.export', objectType: 'review-round', objectId: id, chain: found.centerId });
      return { round: found, files: await this.files(tx, id) };
    });
    const points = Object.entries(POINT_NAMES);
    const { frequency } = summaryOf(files);
    const bytes = await writeSheet({
      name: '评查结果',
      title: `${round.title}（${formatLegalDateCn(legalDate(round.fromOn))}至${formatLegalDateCn(legalDate(round.toOn))}办结的卷宗）`,
      columns: [
        { header: '案号', width: 30 },
        { header: '调解员', width: 12 },
        { header: '评查人', width: 12 },
        ...points.map(([, header]) => ({ header, width: 10 })),
        { header: '总分', width: 8 },
        { header: '等次', width: 8 },
        { header: '评查意见', width: 60 },
        { header: '状态', width: 10 },
      ],
      rows: files.map((f) => [
        f.caseNumber ?? f.registrationNumber,
        f.mediatorName,
        f.reviewerName ?? '未指定',
        ...points.map(([key]) => f.marks?.find((m) => m.point === key)?.score ?? null),
        f.total,
        f.grade === null ? '' : GRADES[f.grade],
        (f.marks ?? [])
          .flatMap((m) => (m.finding === null ? [] : [`${POINT_NAMES[m.point]}：${m.finding}`]))
          .join('；'),
        REVIEW_STATES[f.state],
      ]),
      notes: frequency.map((one) => `${one.pointName}：有意见${one.findings}卷，平均${one.mean ?? '—'}分`),
    });
    return { bytes, fileName: `${round.title}.xlsx` };
  }

  private async files(tx: Tx, roundId: string): Promise<FileRow[]> {
    return tx.query<FileRow>(`${FILE} where f.round_id = $1 order by f.ordinal`, [roundId]);
  }

  /** Answers how many found no reviewer who is free of the matter. */
  private async enter(
    tx: Tx,
    roundId: string,
    drawn: ReturnType<typeof draw>,
    reviewers: readonly { readonly id: string; readonly name: string }[],
  ): Promise<number> {
    const known = await tx.query<{ id: string; volume: number; participants: string[] }>(PARTICIPANTS, [
      drawn.map((d) => d.disputeId),
    ]);
    const files = drawn.map((one) => {
      const found = known.find((k) => k.id === one.disputeId);
      return { ...one, volume: found?.volume ?? 1, participants: [...(found?.participants ?? []), one.mediatorId] };
    });
    const dealt = deal(files, reviewers);
    for (const [i, { disputeId, mediatorId, mediatorName, volume }] of files.entries())
      await tx.insert(ReviewFile, {
        id: uuidv7(),
        roundId,
        disputeId,
        volume,
        ordinal: i + 1,
        mediatorId,
        mediatorName,
        reviewerId: dealt[i]?.id ?? null,
        reviewerName: dealt[i]?.name ?? null,
        state: 'drawn',
      });
    return dealt.filter((one) => one === null).length;
  }
}

/** The lot of a file: nobody can choose it, everybody can reckon it again. */
function lotOf(seed: string): (disputeId: string) => string {
  return (disputeId) => createHmac('sha256', seed).update(disputeId).digest('hex');
}

function roundView(tx: Tx, round: RoundRow) {
  const { id, centerId, title, fromOn, toOn, share, atLeast, answerDays, excellentFrom, passingFrom, version } = round;
  const count = (...states: ReviewState[]): number => states.reduce((sum, s) => sum + (round.counts?.[s] ?? 0), 0);
  const may = (act: string): boolean => mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId });
  return {
    id,
    title,
    from: fromOn,
    to: toOn,
    share,
    atLeast,
    answerDays,
    excellentFrom,
    passingFrom,
    drawnByName: round.drawnByName,
    drawnAt: round.drawnAt.toISOString(),
    cancelReason: round.cancelReason,
    drawn: count('drawn', 'reviewed', 'answered', 'closed', 'cancelled'),
    unreviewed: count('drawn'),
    open: count('reviewed', 'answered'),
    closed: count('closed'),
    allowedActs:
      round.cancelledAt === null && count('drawn') > 0 && may('review-rounds.cancel') ? ['review-rounds.cancel'] : [],
    version,
  };
}

function fileView({ marks, ...file }: FileRow) {
  return {
    ...file,
    answerDueOn: file.state === 'reviewed' ? file.answerDueOn : null,
    stateName: REVIEW_STATES[file.state],
    gradeName: file.grade === null ? null : GRADES[file.grade],
    findings: (marks ?? []).filter((m) => m.finding !== null).length,
  };
}

function summaryOf(files: readonly FileRow[]) {
  const reviewed = files.flatMap((f) => (f.marks === null ? [] : [f.marks]));
  return {
    reviewed: reviewed.length,
    grades: (Object.keys(GRADES) as Grade[]).map((grade) => ({
      grade,
      gradeName: GRADES[grade],
      count: files.filter((f) => f.grade === grade).length,
    })),
    frequency: frequencyOf(reviewed).map((one) => ({ ...one, pointName: POINT_NAMES[one.point] })),
  };
}
