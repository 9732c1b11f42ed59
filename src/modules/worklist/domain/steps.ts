import { type LegalDate, endOfDay } from '../../../kernel';
import type { DueKind } from './dictionaries';
import type { MatterTrace, TaskTrace } from './trace';

/** A running due: what, from when, until when. */
export interface Due {
  readonly kind: DueKind;
  readonly startsAt: Date;
  /** The first instant that is too late. */
  readonly dueAt: Date;
  /** Set where the law or an agreement names a day. */
  readonly dueOn: LegalDate | null;
  /** Runs through nights and days off. */
  readonly isRealTime: boolean;
}

/**
 * Steps for which a matter waits: the act that ends the wait and the words for it. Whose turn it is follows from the
 * policy of the act; `sender`, `receiver` and `agency` say where the grants are held when not at the matter itself.
 */
const STEPS = {
  'report-escalation': {
    act: 'disputes.report-escalation',
    words: '登记内容有激化苗头，请核实，并向公安等部门报告或记明没有危险',
  },
  triage: { act: 'disputes.triage', words: '请研判性质、风险和办理途径' },
  accept: { act: 'disputes.accept', words: '请受理，编立案号' },
  answer: { act: 'disputes.answer', words: '请答复反映人' },
  refer: { act: 'disputes.refer', words: '请引导当事人走法定途径' },
  'send-down': { act: 'disputes.send-down', words: '请下派网格或街道处置' },
  'propose-summons': { act: 'summons.propose', words: '请吹哨，通知有关部门到场' },
  undertake: { act: 'disputes.undertake', words: '请接手直接办理' },
  'settle-notice': { act: 'disputes.settle-notice', words: '等待当事人补正材料，补齐后请登记' },
  'sign-transfer': { act: 'transfers.sign', words: '请签收流转单，或提出异议', side: 'receiver' },
  'rule-transfer': { act: 'transfers.rule', words: '请裁定流转异议', side: 'sender' },
  'complete-transfer': { act: 'transfers.complete', words: '请办理并反馈流转结果', side: 'receiver' },
  'enter-receipt': { act: 'transfers.enter-receipt', words: '等待外单位签收，收到回执后请登记', side: 'sender' },
  'enter-result': { act: 'transfers.enter-result', words: '等待外单位办理，收到结果后请登记', side: 'sender' },
  'add-parties': { act: 'parties.add', words: '调解至少要有两方当事人，请登记当事人' },
  'record-consent': { act: 'parties.record-consent', words: '请征询各方是否同意调解' },
  'sign-rights-notice': { act: 'parties.sign-notice', words: '请各方签收权利义务告知书' },
  'assign-mediator': { act: 'assignments.assign', words: '请指派调解员' },
  'replace-mediator': { act: 'assignments.replace', words: '当事人要求更换调解员，请更换' },
  'plan-session': { act: 'sessions.plan', words: '请安排调解会' },
  'start-session': { act: 'sessions.start', words: '调解会已安排，请按时召开' },
  'record-session': { act: 'sessions.record', words: '请登记到场和结束时间，记录调解结果' },
  'confirm-session': { act: 'sessions.confirm', words: '请各方核对调解记录' },
  'draft-agreement': { act: 'agreements.draft', words: '请拟定调解协议' },
  'freeze-agreement': { act: 'agreements.freeze', words: '请完善协议稿并定稿签署' },
  'conclude-orally': { act: 'agreements.conclude-orally', words: '请登记口头协议' },
  'collect-signatures': { act: 'agreements.record-ink', words: '请组织各方签署协议' },
  'resume-signing': { act: 'agreements.unfreeze', words: '有人拒签，请退回修改或恢复签署' },
  'seal-agreement': { act: 'agreements.seal', words: '各方已签齐，请加盖调委会印章' },
  'resume-mediation': { act: 'mediation.resume', words: '调解中止，原因消除后请恢复' },
  'record-performance': { act: 'performance.record', words: '请跟踪履行，到期登记履行情况' },
  'urge-performance': { act: 'performance.urge', words: '已有违约，请督促履行或告知转法院程序' },
  'settle-receipt': { act: 'performance.settle-receipt', words: '权利人说没有收到登记的履行，请核实后认定' },
  'tell-routes': { act: 'mediation.tell-routes', words: '调解没有成功，请告知当事人其他途径' },
  'issue-summons': { act: 'summons.issue', words: '吹哨单待签发' },
  'sign-task': { act: 'summons-tasks.sign', words: '请签收吹哨单', side: 'agency' },
  'contact-party': { act: 'summons-tasks.contact', words: '请联系当事人并登记', side: 'agency' },
  'arrive-at-center': { act: 'summons-tasks.arrive', words: '请按时到场，扫码签到', side: 'agency' },
  'begin-handling': { act: 'summons-tasks.begin-handling', words: '请开始处置', side: 'agency' },
  'feed-back': { act: 'summons-tasks.feed-back', words: '请处置并书面反馈', side: 'agency' },
  'rule-objection': { act: 'summons-tasks.overrule', words: '部门提出异议，请裁定' },
  'review-feedback': { act: 'summons-tasks.confirm', words: '部门已反馈，请确认或退回补办' },
  'rate-task': { act: 'summons-tasks.rate', words: '请评价部门办理情况' },
  'close-task': { act: 'summons-tasks.close', words: '请闭合吹哨任务' },
  'hold-meeting': { act: 'meetings.open', words: '会商已召集，请按时开会并记录' },
  'confirm-minutes': { act: 'meetings.confirm', words: '会商开过了，请主持人确认纪要' },
  'urge-meeting-task': { act: 'meeting-tasks.urge', words: '会商任务办理中，到期没有结果的请催办' },
  'accept-meeting-task': { act: 'meeting-tasks.accept', words: '会商任务已报结果，请认可或退回' },
  close: { act: 'disputes.close', words: '办理已有结果，请审核办结', notBy: 'handlers' },
  'follow-up': { act: 'disputes.follow-up', words: '已办结，请回访', notBy: 'handlers' },
  archive: { act: 'disputes.archive', words: '请整理卷宗并归档' },
  'answer-review': { act: 'reviews.answer', words: '卷宗评查有意见，请整改或者说明' },
  'reply-upstream': { act: 'disputes.reply-upstream', words: '请向来件的上级平台回复办理结果' },
} as const satisfies Readonly<Record<string, StepRule>>;

interface StepRule {
  readonly act: string;
  readonly words: string;
  readonly side?: 'sender' | 'receiver' | 'agency';
  readonly notBy?: 'handlers';
}

export type StepKey = keyof typeof STEPS;
export const STEP_RULES: Readonly<Record<StepKey, StepRule>> = STEPS;

/** The words of a step as it is kept, for modules that tell of it. */
export function stepWords(key: string): string {
  return key in STEPS ? STEPS[key as StepKey].words : '';
}

/** One thing for which the matter waits. Several wait side by side. */
export interface Step {
  readonly key: StepKey;
  readonly since: Date;
  readonly due: Due | null;
  /** The clock stands still. */
  readonly isPaused: boolean;
  /** The agency's task that it is about. */
  readonly task: TaskTrace | null;
}

/** Everything for which the matter waits now, by its trace alone. Empty when it waits for nobody. */
export function stepsOf(trace: MatterTrace): Step[] {
  if (trace.state === 'merged' || trace.state === 'archived')
    return [...stepsOfPerformance(trace), ...stepsOfReview(trace)];
  return [
    ...stepsOfMatter(trace),
    ...trace.tasks.flatMap(stepsOfTask),
    ...stepsOfDrafts(trace),
    ...stepsOfMeetings(trace),
    ...stepsOfReview(trace),
    ...(trace.upstreamWaitsSince === null ? [] : [step('reply-upstream', trace.upstreamWaitsSince)]),
  ];
}

function stepsOfMatter(trace: MatterTrace): Step[] {
  const since = trace.stateSince;
  switch (trace.state) {
    case 'registered':
    case 'reopened':
      return [step(trace.unhandledCues > 0 ? 'report-escalation' : 'triage', since), ...stepsOfNotice(trace)];
    case 'triaged':
      return [step(firstStepOnRoute(trace), since), ...stepsOfNotice(trace)];
    case 'sent-down':
    case 'sent-up':
    case 'handed-off':
      return stepsOfTransfer(trace);
    case 'answered':
    case 'referred':
    case 'not-accepted':
      return [step('close', since)];
    case 'closed':
      return [step(trace.allowsCallBack ? 'follow-up' : 'archive', since), ...stepsOfPerformance(trace)];
    case 'followed-up':
      return [step('archive', since), ...stepsOfPerformance(trace)];
    default:
      return [...stepsInHand(trace), ...stepsOfNotice(trace), ...stepsOfTransfer(trace)];
  }
}

function firstStepOnRoute(trace: MatterTrace): StepKey {
  switch (trace.route) {
    case 'mediation':
      return 'accept';
    case 'agency':
      return trace.hasSummons || trace.draftSummons !== null ? 'undertake' : 'propose-summons';
    case 'grid':
      return 'send-down';
    case 'answer':
      return 'answer';
    default:
      return 'refer';
  }
}

/** Accepted or in progress: what the mediation waits for, or the matter itself where there is none. */
function stepsInHand(trace: MatterTrace): Step[] {
  const { mediationState, stateSince: since, parties } = trace;
  const within = dueOfPeriod(trace);
  switch (mediationState) {
    case 'consent-pending': {
      if (parties.total < 2) return [step('add-parties', since, within)];
      if (parties.consentsMissing > 0) return [step('record-consent', since, within)];
      return [step('sign-rights-notice', since, within)];
    }
    case 'accepted':
      return [step('assign-mediator', since, within)];
    case 'suspended':
      return [{ ...step('resume-mediation', trace.pause?.pausedAt ?? since), isPaused: true }];
    case 'assigned':
    case 'investigating':
    case 'in-mediation':
      return [...stepsBeside(trace, within), stepOfSession(trace, within) ?? step('plan-session', since, within)];
    case 'drafting':
      return [...stepsBeside(trace, within), stepOfSession(trace, within) ?? stepOfAgreement(trace, within)];
    case 'signing':
      return [stepOfAgreement(trace, within)];
    case 'effective':
    case 'oral-agreed':
    case 'performing':
    case 'in-breach': {
      const owed = stepsOfPerformance(trace);
      return owed.length > 0 ? owed : [step('close', since)];
    }
    case 'performed':
      return [step('close', since)];
    case 'refused':
    case 'unreachable':
    case 'terminated':
    case 'withdrawn':
      return [step(trace.routesUntold > 0 ? 'tell-routes' : 'close', since)];
    default: {
      const isWithAgency = trace.tasks.some((task) => stepOfTask(task) !== null);
      return isWithAgency || trace.draftSummons !== null ? [] : [step('answer', since)];
    }
  }
}

/** The session that comes next or was not finished; a planned one has its own due, the hour it begins. */
function stepOfSession({ session }: MatterTrace, within: Due | null): Step | null {
  if (session === null) return null;
  if (session.state === 'planned') {
    const begins = instant('session', session.plannedAt, session.startsAt);
    return step('start-session', session.plannedAt, sooner(begins, within));
  }
  return step('record-session', session.startsAt, within);
}

function stepOfAgreement({ agreement, stateSince }: MatterTrace, within: Due | null): Step {
  if (agreement === null) return step('draft-agreement', stateSince, within);
  switch (agreement.state) {
    case 'drafting':
      return step(agreement.kind === 'oral' ? 'conclude-orally' : 'freeze-agreement', agreement.since, within);
    case 'refused':
      return step('resume-signing', agreement.since, within);
    case 'signing':
      return step(agreement.openSlots > 0 ? 'collect-signatures' : 'seal-agreement', agreement.since, within);
  }
}

/** What goes on beside the course of the mediation. */
function stepsBeside({ challenged, unconfirmedSince }: MatterTrace, within: Due | null): Step[] {
  return [
    ...(challenged === null ? [] : [step('replace-mediator', challenged)]),
    ...(unconfirmedSince === null ? [] : [step('confirm-session', unconfirmedSince, within)]),
  ];
}

function stepsOfPerformance({ items, disputedReceiptSince }: MatterTrace): Step[] {
  if (items === null) return [];
  const since = disputedReceiptSince ?? items.since;
  return [
    step(
      // Whether it was performed is to be held first: until then there is nothing to urge or to record.
      disputedReceiptSince !== null ? 'settle-receipt' : items.breached > 0 ? 'urge-performance' : 'record-performance',
      since,
      civil('performance', items.since, items.nextDueOn),
    ),
  ];
}

function stepsOfNotice({ notice }: MatterTrace): Step[] {
  return notice === null
    ? []
    : [step('settle-notice', notice.givenAt, civil('supplement-notice', notice.givenAt, notice.dueOn))];
}

function stepsOfTransfer({ transfer, state, stateSince }: MatterTrace): Step[] {
  if (transfer === null) return ['sent-down', 'sent-up'].includes(state) ? [step('undertake', stateSince)] : [];
  if (transfer.state === 'objected') return [step('rule-transfer', transfer.since)];
  if (transfer.kind === 'hand-off') {
    return [step(transfer.state === 'sent' ? 'enter-receipt' : 'enter-result', transfer.since)];
  }
  return [step(transfer.state === 'sent' ? 'sign-transfer' : 'complete-transfer', transfer.since)];
}

function stepsOfDrafts({ draftSummons }: MatterTrace): Step[] {
  return draftSummons === null ? [] : [step('issue-summons', draftSummons.since)];
}

function stepsOfMeetings({ meeting, meetingTask, meetingAnsweredSince }: MatterTrace): Step[] {
  return [
    ...(meeting === null
      ? []
      : [
          meeting.state === 'called'
            ? step('hold-meeting', meeting.since, instant('meeting', meeting.since, meeting.meetAt))
            : step('confirm-minutes', meeting.since),
        ]),
    ...(meetingAnsweredSince === null ? [] : [step('accept-meeting-task', meetingAnsweredSince)]),
    ...(meetingTask === null
      ? []
      : [step('urge-meeting-task', meetingTask.since, civil('meeting-task', meetingTask.since, meetingTask.dueOn))]),
  ];
}

function stepsOfReview({ review }: MatterTrace): Step[] {
  return review === null
    ? []
    : [step('answer-review', review.since, civil('review-answer', review.since, review.dueOn))];
}

function stepsOfTask(task: TaskTrace): Step[] {
  const key = stepOfTask(task);
  if (key === null) return [];
  const { clock } = task;
  // While the agency's clocks stand, the first to run out is the center's own for its ruling.
  const isTimed = clock !== null && (STEP_RULES[key].side === 'agency' || clock.kind === 'ruling');
  const due =
    isTimed && clock.dueAt !== null
      ? { ...instant(`summons-${clock.kind}`, clock.startsAt, clock.dueAt), isRealTime: clock.unit.startsWith('real-') }
      : null;
  return [{ ...step(key, task.since, due), task, isPaused: isTimed && clock.dueAt === null }];
}

function stepOfTask({ state, attendanceRequired, clock }: TaskTrace): StepKey | null {
  switch (state) {
    case 'issued':
      return 'sign-task';
    case 'objected':
      return 'rule-objection';
    case 'signed':
    case 'overruled':
      if (clock?.kind === 'contact') return 'contact-party';
      return attendanceRequired ? 'arrive-at-center' : 'begin-handling';
    case 'arrived':
      return clock?.kind === 'contact' ? 'contact-party' : 'begin-handling';
    case 'handling':
    case 'returned':
      return 'feed-back';
    case 'feedback':
      return 'review-feedback';
    case 'confirmed':
      return 'rate-task';
    case 'rated':
      return 'close-task';
    default:
      return null;
  }
}

function dueOfPeriod({ period }: MatterTrace): Due | null {
  if (period === null || period.dueOn === null) return null;
  return {
    kind: 'mediation-period',
    // A term in days runs from the day after (CC art. 201 para. 1).
    startsAt: endOfDay(period.startOn),
    dueAt: endOfDay(period.dueOn),
    dueOn: period.dueOn,
    isRealTime: false,
  };
}

function civil(kind: DueKind, startsAt: string, dueOn: LegalDate): Due {
  return { kind, startsAt: new Date(startsAt), dueAt: endOfDay(dueOn), dueOn, isRealTime: false };
}

function instant(kind: DueKind, startsAt: string, dueAt: string): Due {
  return { kind, startsAt: new Date(startsAt), dueAt: new Date(dueAt), dueOn: null, isRealTime: false };
}

function sooner(a: Due, b: Due | null): Due {
  return b !== null && b.dueAt < a.dueAt ? b : a;
}

function step(key: StepKey, since: string, due: Due | null = null): Step {
  return { key, since: new Date(since), due, isPaused: false, task: null };
}
