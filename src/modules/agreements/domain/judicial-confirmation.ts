import { type Grant, type LegalDate, type Obstacle, defineLifecycle, formatLegalDateCn } from '../../../kernel';
import type { AgreementKind } from './dictionaries';

export const CONFIRMATION_STATES = {
  applied: '已申请',
  accepted: '法院已受理',
  confirmed: '裁定有效',
  dismissed: '裁定驳回',
  withdrawn: '已撤回申请',
} as const;
export type ConfirmationState = keyof typeof CONFIRMATION_STATES;

/** What a court may rule. */
export const RULINGS = { confirmed: '裁定调解协议有效', dismissed: '不予受理或者裁定驳回' } as const;
export type Ruling = keyof typeof RULINGS;

interface ConfirmationFacts {
  readonly state: ConfirmationState;
  /** What the court is said to have ruled; null for acts that rule nothing. */
  readonly ruling: Ruling | null;
}

const notAccepted: Obstacle<ConfirmationFacts> = {
  code: 'not-accepted',
  message: '还没有登记法院受理，不能登记裁定有效。请先登记受理日期和案号。',
  blocks: (s) => s.state === 'applied' && s.ruling === 'confirmed',
};
const DESK: readonly Grant[] = ['mediator@assigned', 'recorder@assigned', 'committee-director@committee'];

/** The joint application to a court (民事诉讼法第二百零五条、第二百零六条). */
export const confirmationLifecycle = defineLifecycle<ConfirmationFacts>()({
  name: 'confirmations',
  label: '司法确认',
  states: CONFIRMATION_STATES,
  initial: 'applied',
  final: ['confirmed', 'dismissed', 'withdrawn'],
  acts: {
    apply: { label: '登记司法确认申请', from: [], to: 'applied', by: DESK, source: '人民调解法第三十三条' },
    accept: { label: '登记法院受理', from: ['applied'], to: 'accepted', by: DESK },
    decide: {
      label: '登记裁定结果',
      from: ['applied', 'accepted'],
      to: ['confirmed', 'dismissed'],
      by: DESK,
      obstacles: [notAccepted],
      source: '民事诉讼法第二百零六条',
    },
    withdraw: { label: '登记撤回申请', from: ['applied', 'accepted'], to: 'withdrawn', by: DESK },
  },
});
export type ConfirmationAct = keyof typeof confirmationLifecycle.table.acts;

/** Points that the program cannot judge: whoever enters the application ticks that each was looked at. */
export const HINTS = {
  lawful: '不违反法律强制性规定，不损害国家、公共和他人利益，不违背公序良俗，各方自愿',
  jurisdiction: '不是调委会所在地的法院：是当事人住所地、标的物所在地的法院，或者邀请调解的法院',
  unclear: '给付内容明确，法院可以执行',
  'third-party': '没有处分未参加协议的人的权利',
} as const;
export type Hint = keyof typeof HINTS;

interface ConfirmationCheck {
  readonly condition: string;
  readonly isMet: boolean;
  readonly note: string;
}

/** What an agreement says of itself, whoever applies where. */
interface AgreementAsked {
  readonly kind: AgreementKind;
  readonly dueOn: LegalDate;
  /** The day of the application, today before there is one. */
  readonly on: LegalDate;
  /** Nature of the matter by the keys of the disputes module. */
  readonly nature: string | null;
  /** Codes of what the content rules have found in the agreement. */
  readonly refusals: readonly string[];
}

/** Natures of matters that are not between equals, and so not before a civil court. */
const NOT_CIVIL: readonly string[] = ['administrative', 'police'];

/** What a court asks before it confirms (人民调解法第三十三条、民诉法司法解释第三百五十五条), each with yes or no. */
export function confirmationChecks({ kind, dueOn, on, nature, refusals }: AgreementAsked): ConfirmationCheck[] {
  const isInTime = on <= dueOn;
  const content = (condition: string, code: string, found: string, clear: string): ConfirmationCheck => {
    const isMet = !refusals.includes(`agreements.${code}`);
    return { condition, isMet, note: isMet ? clear : found };
  };
  const isCivil = nature === null || !NOT_CIVIL.includes(nature);
  return [
    {
      condition: '是书面协议',
      isMet: kind === 'written',
      note:
        kind === 'written'
          ? '有各方签名的协议书。'
          : '口头协议没有协议书，法院无从确认。需要确认的，请另行签订书面协议。',
    },
    {
      condition: '在生效后三十日内',
      isMet: isInTime,
      note: isInTime ? `最后一日是${formatLegalDateCn(dueOn)}。` : `已于${formatLegalDateCn(dueOn)}届满。`,
    },
    {
      condition: '属于人民法院受理的民事纠纷',
      isMet: isCivil,
      note: isCivil ? '是平等主体之间的纠纷。' : '行政争议、治安或刑事事项不属于司法确认的范围。',
    },
    content(
      '不涉及物权、知识产权确权',
      'ownership-not-confirmable',
      '协议有确权的内容，法院不予确认。可以拆分，金钱给付部分单独成文。',
      '没有发现确权的内容。',
    ),
    content(
      '不涉及婚姻、收养、亲子等身份关系',
      'status-not-confirmable',
      '协议有身份关系的内容，法院不予确认。可以拆分，金钱给付部分单独成文。',
      '没有发现身份关系的内容。',
    ),
    content(
      '不适用其他特别程序、破产程序',
      'procedure-not-confirmable',
      '协议有宣告失踪、死亡，认定行为能力、无主财产，公示催告或者破产的内容，应当另走该程序。',
      '没有发现这样的内容。',
    ),
  ];
}

export interface ApplicationAsked extends AgreementAsked {
  readonly court: string;
  /** The court of the place of the committee; null where none is on record. */
  readonly committeeCourt: string | null;
  /** Parties of the agreement, and who of them applies. */
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly applicantIds: readonly string[];
  /** Parties for whom somebody applies who may not, or who cannot apply by themselves. */
  readonly withoutAuthority: readonly string[];
  /** Parties of the matter outside the agreement whom its text names. */
  readonly namedOutside: readonly string[];
  /** Words of the agreement that leave open what is to be done. */
  readonly vague: readonly string[];
}

interface Finding {
  readonly code: string;
  readonly field: 'partyIds' | 'agentIds' | 'court' | 'appliedOn' | null;
  readonly text: string;
}

interface Eligibility {
  /** Each refuses the application. */
  readonly obstacles: readonly Finding[];
  /** Each must be ticked, with what was found. */
  readonly hints: readonly { readonly hint: Hint; readonly text: string }[];
}

/** Whether the parties can apply as they mean to (人民调解法第三十三条、民诉法第二百零五条、民诉法司法解释第三百五十五条、第三百五十八条). */
export function eligibility(asked: ApplicationAsked): Eligibility {
  const { parties, applicantIds, withoutAuthority, court, committeeCourt, namedOutside, vague } = asked;
  const absent = parties.filter((p) => !applicantIds.includes(p.id)).map((p) => p.name);
  const obstacles: Finding[] = confirmationChecks(asked)
    .filter(({ isMet }) => !isMet)
    .map(({ condition, note }) => ({
      code: condition === '在生效后三十日内' ? 'late' : 'not-confirmable',
      field: condition === '在生效后三十日内' ? 'appliedOn' : null,
      text: `${condition}：不符合。${note}`,
    }));
  if (absent.length > 0)
    obstacles.push({
      code: 'not-all-parties',
      field: 'partyIds',
      text: `司法确认须由全体当事人共同申请，还缺${absent.join('、')}。`,
    });
  for (const name of withoutAuthority)
    obstacles.push({
      code: 'no-authority',
      field: 'agentIds',
      text: `${name}没有由本人，或者有签署和让步特别授权的代理人、法定代理人、负责人申请。请先登记授权委托书。`,
    });
  if (/最高人民法院|高级人民法院/.test(court))
    obstacles.push({
      code: 'no-jurisdiction',
      field: 'court',
      text: '高级以上人民法院不受理司法确认。请向基层人民法院申请；应当由中级人民法院管辖的，向中级人民法院申请。',
    });
  const hints: { hint: Hint; text: string }[] = [{ hint: 'lawful', text: `请核对：${HINTS.lawful}。` }];
  if (committeeCourt !== court)
    hints.push({
      hint: 'jurisdiction',
      text:
        committeeCourt === null
          ? '没有登记调委会所在地的法院，请核对该法院有管辖权。'
          : `调委会所在地的法院是${committeeCourt}，请核对所填的法院有管辖权。`,
    });
  if (vague.length > 0)
    hints.push({ hint: 'unclear', text: `这几处可能不够明确，法院会以内容不明确驳回：${vague.join('；')}。` });
  if (namedOutside.length > 0)
    hints.push({
      hint: 'third-party',
      text: `协议提到了未参加协议的${namedOutside.join('、')}，请核对没有处分其权利。`,
    });
  return { obstacles, hints };
}

/** What is told of an application in one sentence. */
export function confirmationSentence(told: {
  readonly state: ConfirmationState;
  readonly appliedOn: LegalDate;
  readonly court: string;
  readonly acceptedOn: LegalDate | null;
  readonly caseNumber: string | null;
  readonly decidedOn: LegalDate | null;
  readonly reason: string | null;
}): string {
  const { state, appliedOn, court, acceptedOn, caseNumber, decidedOn, reason } = told;
  const on = (day: LegalDate | null): string => (day === null ? '' : formatLegalDateCn(day));
  const number = caseNumber === null ? '' : `，案号${caseNumber}`;
  switch (state) {
    case 'applied':
      return `各方已于${on(appliedOn)}共同向${court}申请，等待法院受理。`;
    case 'accepted':
      return `${court}已于${on(acceptedOn)}受理${number}，等待裁定。`;
    case 'confirmed':
      return `${court}已于${on(decidedOn)}裁定调解协议有效${number}。一方不履行的，对方可以申请强制执行。`;
    case 'dismissed':
      return `${court}已于${on(decidedOn)}驳回申请${number}：${reason ?? ''}`;
    case 'withdrawn':
      return `各方${on(appliedOn)}向${court}的申请已撤回：${reason ?? ''}`;
  }
}
