import type { StepState } from './dictionaries';

/** What the progress needs to know of a matter, by the keys of the disputes module. */
export interface Course {
  readonly state: string;
  readonly mediationState: string | null;
  readonly route: string | null;
  readonly outcomeName: string | null;
  /** A session to come to which this party is invited. */
  readonly nextSessionAt: Date | null;
}

export interface Step {
  readonly title: string;
  readonly state: StepState;
  /** One sentence in plain words; null where the title says it all. */
  readonly note: string | null;
}

export interface Progress {
  readonly steps: readonly Step[];
  /** What happens next, in plain words. */
  readonly nextStep: string;
}

const CLOSED = ['closed', 'followed-up', 'archived'];
const MEDIATION_TITLES = [
  '登记',
  '研判分流',
  '征询各方意愿',
  '确定调解员',
  '调解',
  '签订协议',
  '履行协议',
  '办结',
] as const;
const OTHER_TITLES = ['登记', '研判分流', '办理', '办结'] as const;

/** Which step of MEDIATION_TITLES is under way, from 0. */
const STAGE: Readonly<Record<string, number>> = {
  'consent-pending': 2,
  accepted: 3,
  assigned: 4,
  investigating: 4,
  'in-mediation': 4,
  suspended: 4,
  drafting: 5,
  signing: 5,
  effective: 6,
  'oral-agreed': 6,
  performing: 6,
  'in-breach': 6,
  performed: 7,
};

/** Mediations that came to nothing: neither side is told what the other said. */
const ENDED: Readonly<Record<string, string>> = {
  refused: '调解没有进行。您可以依法通过诉讼等途径维护权利，详细情况请问首问责任人。',
  unreachable: '没有联系上有关当事人，调解没有进行。您可以依法通过诉讼等途径维护权利。',
  terminated: '调解没有达成协议，已经结束。您可以依法通过诉讼等途径维护权利，详细情况请问调解员。',
  withdrawn: '调解申请已经撤回，调解结束。',
};

const MEDIATING: Readonly<Record<string, string>> = {
  'consent-pending': '正在征询各方是否愿意调解。各方都同意并签收告知书后，开始调解。',
  accepted: '已经受理，正在为您确定调解员。您也可以提出想请哪位调解员。',
  assigned: '调解员会联系您了解情况，并约定调解的时间和地点。请保持电话畅通。',
  investigating: '调解员正在了解情况、核实证据，之后会约定调解时间。',
  'in-mediation': '正在调解。下一次调解的时间定下后，会在这里显示，并通知您。',
  suspended: '调解暂时停一停，等有关事情有了结果再继续。恢复时会通知您。',
  drafting: '正在拟定协议。拟好后请您过目，同意的再签名。',
  signing: '协议已经拟好，正在等各方签名。签与不签由您自己决定。',
  effective: '协议已经生效，请各方按协议约定的时间履行。',
  'oral-agreed': '各方已经达成口头协议，请按约定履行。',
  performing: '正在履行协议。请按约定的时间履行，有困难的请尽早告诉调解员。',
  'in-breach': '协议没有按时履行完。调解员正在督促，您也可以向人民法院起诉或者申请执行。',
  performed: '协议已经履行完毕，等待办结。',
};

const OTHERWISE: Readonly<Record<string, string>> = {
  registered: '工作人员正在研判，三个工作日内告诉您由谁办、怎么办。',
  triaged: '已经研判，正在安排承办单位。',
  accepted: '已经受理，正在安排办理。',
  'in-progress': '正在办理，有结果会告诉您。',
  'sent-down': '已转到街道、社区办理，承办人会联系您。',
  'sent-up': '已报上一级中心办理，承办人会联系您。',
  'handed-off': '已移送有权处理的机关。处理情况请问首问责任人。',
  answered: '已经答复您，等待办结。还有疑问的，请打电话问首问责任人。',
  referred: '已经告诉您应当走的途径。需要材料或者指路的，请打电话问首问责任人。',
  'not-accepted': '这件事不属于受理范围，已经告诉您理由和其他途径。',
  merged: '这件事已经并到同一纠纷的另一件里一起办理。请向首问责任人索取新的联系单。',
  reopened: '这件事已经重新办理，工作人员正在研判。',
};

/** The way of a matter in steps that a party understands, and what comes next. Pure. */
export function progressOf(course: Course): Progress {
  const { state, mediationState, outcomeName } = course;
  const isClosed = CLOSED.includes(state);
  const closedNote = outcomeName === null ? '已经办结。' : `已经办结：${outcomeName}。`;
  if (mediationState === null && course.route !== 'mediation') {
    const stage = isClosed ? 4 : state === 'registered' || state === 'reopened' ? 1 : 2;
    return {
      steps: stepsOf(OTHER_TITLES, stage, isClosed ? closedNote : null),
      nextStep: isClosed ? afterwards(closedNote) : (OTHERWISE[state] ?? OTHERWISE['in-progress'] ?? ''),
    };
  }
  const ended = mediationState === null ? undefined : ENDED[mediationState];
  if (isClosed || ended !== undefined) {
    const wasAgreed = mediationState !== null && (STAGE[mediationState] ?? 0) >= 6;
    const steps: Step[] = MEDIATION_TITLES.map((title, i) => ({
      title,
      state: i === 7 ? (isClosed ? 'done' : 'now') : i < 2 || wasAgreed ? 'done' : 'skipped',
      note: i === 7 && isClosed ? closedNote : null,
    }));
    return { steps, nextStep: isClosed ? afterwards(closedNote) : (ended ?? '') };
  }
  const before = state === 'registered' || state === 'reopened' ? 1 : 2;
  const stage = mediationState === null ? before : (STAGE[mediationState] ?? before);
  const words = mediationState === null ? OTHERWISE[state] : MEDIATING[mediationState];
  return {
    steps: stepsOf(MEDIATION_TITLES, stage, null),
    nextStep: course.nextSessionAt === null ? (words ?? '') : '调解的时间已经定了，请按时到场，时间地点见下面。',
  };
}

/** There is a result to have an opinion about. */
export function hasOutcome({ state, mediationState }: Pick<Course, 'state' | 'mediationState'>): boolean {
  if ([...CLOSED, 'answered', 'referred', 'not-accepted'].includes(state)) return true;
  return mediationState !== null && (mediationState in ENDED || (STAGE[mediationState] ?? 0) >= 6);
}

/**
 * The party may say whether it is solved: a matter that is handled without mediation from then on, any other once there is a result.
 * Its word is asked for before the matter is closed.
 */
export function mayTellOutcome(course: Pick<Course, 'state' | 'mediationState'>): boolean {
  return hasOutcome(course) || (course.state === 'in-progress' && course.mediationState === null);
}

const afterwards = (closedNote: string): string => `${closedNote}如果又有了新情况，可以打电话或者再到中心来。`;

function stepsOf(titles: readonly string[], stage: number, lastNote: string | null): Step[] {
  return titles.map((title, i) => ({
    title,
    state: i < stage ? 'done' : i === stage ? 'now' : 'next',
    note: i === titles.length - 1 ? lastNote : null,
  }));
}
