import { type LegalDate, formatLegalDateCn } from '../../../kernel';

/** What may become of an agreement before a court, besides its confirmation (司法行政统计“协议履行和司法情况”). */
export const COURT_OUTCOMES = {
  sued: '达成协议后起诉',
  varied: '判决变更协议',
  revoked: '判决撤销协议',
  invalid: '判决确认协议无效',
  'payment-order': '申请支付令',
} as const;
export type CourtOutcomeKind = keyof typeof COURT_OUTCOMES;
export const COURT_OUTCOME_KINDS = Object.keys(COURT_OUTCOMES) as CourtOutcomeKind[];

/** What each means for the agreement and for whoever keeps it. */
export const MEANINGS: Readonly<Record<CourtOutcomeKind, string>> = {
  sued: '一方就协议的履行或者效力向法院起诉。判决生效以前协议照常有效，履行照常登记；判决后再登记变更、撤销或者确认无效。',
  varied:
    '法院变更了协议的内容。没有变更的部分照旧，变更的部分按判决履行。台账不会自己改；各方愿意按判决重新写明的，另签变更协议。',
  revoked:
    '法院撤销了协议，协议自始没有法律约束力（民法典第一百五十五条）。登记后协议随即作废，没有履行的事项不再履行，已经履行的按判决处理；不再计入调解成功和化解。',
  invalid:
    '法院确认协议无效，协议自始没有法律约束力（民法典第一百五十五条）。登记后协议随即作废，没有履行的事项不再履行，已经履行的按判决处理；不再计入调解成功和化解。',
  'payment-order': '权利人凭有给付内容的协议向法院申请支付令。协议照常有效，履行照常登记。',
};

/** By these the agreement was never binding: it loses its effect with the entry. */
export const isEndOfAgreement = (kind: CourtOutcomeKind): boolean => kind === 'revoked' || kind === 'invalid';

/** These are judgments: they have a number and a paper. */
export const isJudgment = (kind: CourtOutcomeKind): boolean => isEndOfAgreement(kind) || kind === 'varied';

/** What is told of it in one sentence. */
export function outcomeSentence(told: {
  readonly kind: CourtOutcomeKind;
  readonly happenedOn: LegalDate;
  readonly court: string;
  readonly caseNumber: string | null;
}): string {
  const { kind, court, caseNumber } = told;
  const on = formatLegalDateCn(told.happenedOn);
  const number = caseNumber === null ? '' : `，案号${caseNumber}`;
  switch (kind) {
    case 'sued':
      return `一方于${on}向${court}起诉${number}。`;
    case 'payment-order':
      return `权利人于${on}向${court}申请支付令${number}。`;
    case 'varied':
    case 'revoked':
    case 'invalid':
      return `${court}于${on}${COURT_OUTCOMES[kind]}${number}。`;
  }
}
