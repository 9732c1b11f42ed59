import { Injectable } from '@nestjs/common';
import { addWorkingDays, DomainError, type LegalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Calendars } from '../../calendar';
import { type LoadedMatter, Matters } from '../../disputes';
import { DossierGaps } from '../../dossiers';
import {
  ANSWER_KINDS,
  faultOf,
  type FindingAnswer,
  gradeOf,
  GRADES,
  type Mark,
  POINT_KEYS,
  POINT_NAMES,
  type PointKey,
  POINTS,
  totalOf,
  unanswered,
} from '../domain/points';
import { REVIEW_STATES, reviewLifecycle, type ReviewSnapshot } from '../domain/review-lifecycle';
import { ReviewFile, ReviewRound } from '../persistence/review.entity';

type Act = keyof typeof reviewLifecycle.table.acts;

interface OfMatterRow extends ReviewFile {
  readonly roundTitle: string;
}

const OF_MATTER = `select f.id, f.dispute_id as "disputeId", f.mediator_name as "mediatorName", f.reviewer_id as "reviewerId",
    f.reviewer_name as "reviewerName", f.state, f.marks, f.total, f.grade, f.reviewed_at as "reviewedAt",
    f.answer_due_on as "answerDueOn", f.answers, f.answered_by_name as "answeredByName", f.answered_at as "answeredAt",
    f.return_reason as "returnReason", f.closed_at as "closedAt", f.version, r.title as "roundTitle"
  from review_file f, lateral (select title from review_round where id = f.round_id) r
 where f.dispute_id = $1 and f.reviewed_at is not null order by f.reviewed_at desc`;

/** One file of a round: what the reviewer finds, what the handler answers, and the end of it. */
@Injectable()
export class ReviewFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly gaps: DossierGaps,
  ) {}

  /** The form of a file; while it waits for the reviewer, with what the record itself says of the dossier. */
  async one(id: string) {
    const { view, unopened } = await this.unitOfWork.run(async (tx) => {
      const file = await tx.get(ReviewFile, id);
      const matter = await this.matters.read(tx, file.disputeId, 'reviews.read');
      const round = await tx.asSystem(() => tx.get(ReviewRound, file.roundId));
      tx.audit({
        act: 'reviews.read',
        objectType: 'review',
        objectId: id,
        disputeId: file.disputeId,
        chain: matter.dispute.centerId,
      });
      const isToMark = file.state === 'drawn' && file.reviewerId === tx.actor.accountId;
      return {
        view: {
          ...fileView(tx, file, round.title, matter),
          registrationNumber: matter.dispute.registrationNumber,
          caseNumber: matter.dispute.caseNumber,
          excellentFrom: round.excellentFrom,
          passingFrom: round.passingFrom,
          answerDays: round.answerDays,
        },
        unopened: isToMark ? await this.gaps.load(tx, matter.dispute) : null,
      };
    });
    const hints = unopened === null ? {} : hintsOf(await this.gaps.standing(unopened));
    return {
      ...view,
      points: POINT_KEYS.map((point) => ({
        point,
        pointName: POINTS[point].name,
        about: POINTS[point].about,
        most: POINTS[point].most,
        hints: [...(hints[point] ?? [])],
      })),
    };
  }

  /** What reviews have said of a matter, for those who handle it. Without those still waiting: a draw is not told before. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'reviews.list-of-matter');
      // The title of a round is the center's; whoever handles one file sees no round.
      const rows = await tx.asSystem(() => tx.query<OfMatterRow>(OF_MATTER, [disputeId]));
      tx.audit({
        act: 'reviews.list-of-matter',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: matter.dispute.centerId,
      });
      return { items: rows.map((row) => fileView(tx, row, row.roundTitle, matter)) };
    });
  }

  /** Another reviewer, or the first where nobody chosen was free of the matter. */
  async assign(id: string, reviewerId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { file, matter } = await this.lock(tx, id, 'assign');
      const { name, isParticipant } = await this.reviewer(tx, matter, reviewerId);
      if (isParticipant)
        throw ruleViolation('reviews.participant', '此人承办过或者参与过这一案，不能评查，请另选。', '/reviewerId');
      await tx.asSystem(() => tx.update(ReviewFile, id, { reviewerId, reviewerName: name }));
      tx.audit({
        act: 'reviews.assign',
        objectType: 'review',
        objectId: id,
        disputeId: file.disputeId,
        chain: matter.dispute.centerId,
        details: { reviewerId },
      });
      tx.send({ topic: 'review-rounds.drawn', payload: { namedId: reviewerId, roundId: file.roundId } });
      return answer(file, 'drawn');
    });
  }

  /** The seven points. Findings go back to the handler until a day; without any the file is done. */
  async mark(id: string, marks: readonly Mark[]) {
    return this.unitOfWork.run(async (tx) => {
      const { file, matter } = await this.lock(tx, id, 'mark');
      refuseFaulty(marks);
      const { isParticipant } = await this.reviewer(tx, matter, tx.actor.accountId ?? '');
      if (isParticipant)
        throw new DomainError(
          'conflict',
          'reviews.participant',
          '您承办过或者参与过这一案，不能评查，请督办员另行指定评查人。',
        );
      const round = await tx.get(ReviewRound, file.roundId);
      const total = totalOf(marks);
      const grade = gradeOf(total, round);
      const hasFindings = marks.some((m) => m.finding !== null);
      const state = reviewLifecycle.next('mark', snapshotOf(tx, file), tx.now, hasFindings ? 'reviewed' : 'closed');
      await tx.update(ReviewFile, id, {
        state,
        marks,
        total,
        grade,
        reviewedAt: tx.now,
        ...(hasFindings ? { answerDueOn: await this.dueOn(tx, matter, round) } : { closedAt: tx.now }),
      });
      await this.record(tx, matter, file, 'mark', state, { grade, total });
      if (hasFindings) tx.send({ topic: 'reviews.marked', payload: { disputeId: file.disputeId, reviewId: id } });
      return answer(file, state);
    });
  }

  async answer(id: string, answers: readonly FindingAnswer[]) {
    return this.unitOfWork.run(async (tx) => {
      const { file, matter } = await this.lock(tx, id, 'answer');
      const left = unanswered(file.marks ?? [], answers);
      if (left.length > 0 || new Set(answers.map((a) => a.point)).size !== answers.length)
        throw ruleViolation(
          'reviews.answers-incomplete',
          `请对每一条意见各答复一次${left.length === 0 ? '' : `（${left.map((p) => POINT_NAMES[p]).join('、')}）`}。`,
          '/answers',
        );
      const state = reviewLifecycle.next('answer', snapshotOf(tx, file), tx.now);
      await tx.update(ReviewFile, id, {
        state,
        answers,
        answeredBy: tx.actor.accountId,
        answeredByName: tx.actor.displayName ?? '',
        answeredAt: tx.now,
      });
      await this.record(tx, matter, file, 'answer', state);
      tx.send({ topic: 'reviews.answered', payload: { namedId: file.reviewerId, disputeId: file.disputeId } });
      return answer(file, state);
    });
  }

  /** The answer does not settle it: with reasons, and until another day. */
  async return(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { file, matter } = await this.lock(tx, id, 'return');
      const state = reviewLifecycle.next('return', snapshotOf(tx, file), tx.now);
      const round = await tx.get(ReviewRound, file.roundId);
      await tx.update(ReviewFile, id, {
        state,
        returnReason: reason,
        answerDueOn: await this.dueOn(tx, matter, round),
      });
      await this.record(tx, matter, file, 'return', state);
      tx.send({ topic: 'reviews.marked', payload: { disputeId: file.disputeId, reviewId: id } });
      return answer(file, state);
    });
  }

  async close(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const { file, matter } = await this.lock(tx, id, 'close');
      const state = reviewLifecycle.next('close', snapshotOf(tx, file), tx.now);
      await tx.update(ReviewFile, id, { state, closedAt: tx.now });
      await this.record(tx, matter, file, 'close', state);
      return answer(file, state);
    });
  }

  /** The matter first, as by every act; then the file, whose state the table is asked about. */
  private async lock(tx: Tx, id: string, act: Act): Promise<{ file: ReviewFile; matter: LoadedMatter }> {
    const { disputeId } = await tx.get(ReviewFile, id);
    const matter = await this.matters.read(tx, disputeId, `reviews.${act}`);
    await this.matters.lockForSystem(tx, disputeId);
    // Who may change it is decided above: a director names reviewers of files that only the desk may open.
    const file = await tx.asSystem(() => tx.lock(ReviewFile, id));
    tx.checkVersion(file);
    const refusal = reviewLifecycle.refusal(act, snapshotOf(tx, file), tx.now);
    if (refusal) throw new DomainError('conflict', refusal.code, refusal.message);
    return { file, matter };
  }

  private async reviewer(
    tx: Tx,
    { dispute }: LoadedMatter,
    accountId: string,
  ): Promise<{ name: string; isParticipant: boolean }> {
    const [found] = await tx.asSystem(() =>
      tx.query<{ name: string; isParticipant: boolean }>(
        `select a.display_name as name, a.id = $5 or exists (select 1 from assignment s where s.dispute_id = $2 and s.account_id = a.id)
             or exists (select 1 from dispute_access x where x.dispute_id = $2 and x.account_id = a.id and x.ground = 'assigned')
             as "isParticipant"
           from account a join role_grant g on g.account_id = a.id
          where a.id = $1 and a.status = 'active' and g.scope_id = $3 and g.role in ('supervisor', 'archivist', 'duty-leader')
            and g.valid_from <= $4 and (g.valid_to is null or g.valid_to > $4) limit 1`,
        [accountId, dispute.id, dispute.centerId, tx.now, dispute.handlerAccountId],
      ),
    );
    if (!found)
      throw ruleViolation(
        'reviews.unfit-reviewer',
        '评查人应是本中心的督办员、档案员或者值班长，请从列表中选择。',
        '/reviewerId',
      );
    return found;
  }

  private async dueOn(tx: Tx, { dispute }: LoadedMatter, { answerDays }: ReviewRound): Promise<LegalDate> {
    const { calendar } = await this.calendars.forCenter(tx, dispute.centerId);
    return addWorkingDays(calendar, legalDateFromInstant(tx.now), answerDays).value;
  }

  private async record(
    tx: Tx,
    { dispute }: LoadedMatter,
    { id, state }: ReviewFile,
    act: Act,
    toState: ReviewFile['state'],
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.matters.record(tx, dispute, {
      act: `reviews.${act}`,
      fromState: state,
      toState,
      objectType: 'review',
      objectId: id,
      details,
    });
  }
}

/** What the record itself says to a point; what to deduct for it is the reviewer's to say. */
function hintsOf(standing: {
  readonly missing: readonly string[];
  readonly unfinished: readonly string[];
  readonly visits: number;
  readonly isBound: boolean;
}): Readonly<Partial<Record<PointKey, readonly string[]>>> {
  return {
    complete: standing.missing,
    standard: standing.unfinished,
    visit: standing.visits === 0 ? ['没有接通的回访。'] : [`已回访${standing.visits}次。`],
    bound: standing.isBound ? [] : ['还没有装订全卷。'],
  };
}

function refuseFaulty(marks: readonly Mark[]): void {
  const fault = faultOf(marks);
  if (fault === null) return;
  if (fault.kind === 'points') throw ruleViolation('reviews.points', '请对七项各打一次分。', '/marks');
  const { name, most } = POINTS[fault.point];
  throw fault.kind === 'too-many'
    ? ruleViolation('reviews.too-many', `${name}最多${most}分。`, `/marks/${fault.index}/score`)
    : ruleViolation('reviews.no-finding', `${name}扣了分，请写明意见。`, `/marks/${fault.index}/finding`);
}

function snapshotOf(tx: Tx, { state, reviewerId }: Pick<ReviewFile, 'state' | 'reviewerId'>) {
  return { state, isReviewer: reviewerId !== null && reviewerId === tx.actor.accountId } satisfies ReviewSnapshot;
}

function fileView(tx: Tx, file: Omit<ReviewFile, 'roundId'>, roundTitle: string, { standing }: LoadedMatter) {
  const acts = reviewLifecycle.allowedActs(snapshotOf(tx, file), tx.now, (by) => mayAct(tx.actor, by, standing));
  return {
    id: file.id,
    disputeId: file.disputeId,
    roundTitle,
    mediatorName: file.mediatorName,
    reviewerName: file.reviewerName,
    state: file.state,
    stateName: REVIEW_STATES[file.state],
    marks: (file.marks ?? []).map((mark) => ({
      ...mark,
      pointName: POINT_NAMES[mark.point],
      most: POINTS[mark.point].most,
    })),
    total: file.total,
    grade: file.grade,
    gradeName: file.grade === null ? null : GRADES[file.grade],
    reviewedAt: file.reviewedAt?.toISOString() ?? null,
    answerDueOn: file.state === 'reviewed' ? file.answerDueOn : null,
    answers: (file.answers ?? []).map((one) => ({
      ...one,
      pointName: POINT_NAMES[one.point],
      kindName: ANSWER_KINDS[one.kind],
    })),
    answeredByName: file.answeredByName,
    answeredAt: file.answeredAt?.toISOString() ?? null,
    returnReason: file.returnReason,
    closedAt: file.closedAt?.toISOString() ?? null,
    allowedActs: acts.map((act) => `reviews.${act}`),
    version: file.version,
  };
}

function answer({ id, version }: ReviewFile, state: ReviewFile['state']) {
  return { id, state, stateName: REVIEW_STATES[state], version: version + 1 };
}
