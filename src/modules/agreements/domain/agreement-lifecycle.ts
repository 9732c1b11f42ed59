import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import type { AgreementKind } from './dictionaries';

export const AGREEMENT_STATES = {
  drafting: '起草',
  signing: '签署中',
  refused: '有人拒签',
  effective: '已生效',
  voided: '已作废',
  superseded: '已被替代',
} as const;
export type AgreementState = keyof typeof AGREEMENT_STATES;

export interface AgreementFacts {
  readonly state: AgreementState;
  readonly kind: AgreementKind;
  /** State of the mediation, by the keys of the disputes module. */
  readonly mediationState: string | null;
  /** Another agreement of the matter is being written or signed. */
  readonly hasPending: boolean;
  /** Places of parties, mediators and recorder of this round that are not signed. */
  readonly openSlots: number;
  /** All parties have agreed to sign electronically. */
  readonly isElectronicAgreed: boolean;
  /** About marriage, adoption, inheritance or another personal relation: electronic signatures do not count. */
  readonly isInkOnly: boolean;
}

type O = Obstacle<AgreementFacts>;

const writtenOnly: O = {
  code: 'oral-is-not-signed',
  message: '口头协议不需要签署。请登记达成的时间；需要书面的，请撤回后另拟书面协议。',
  blocks: (s) => s.kind !== 'written',
};
const oralOnly: O = {
  code: 'written-is-signed',
  message: '书面协议须各方签署并盖章后生效，不能作为口头协议登记。',
  blocks: (s) => s.kind !== 'oral',
};
const notDrafting: O = {
  code: 'mediation-elsewhere',
  message: '调解不在“拟定协议”阶段，不能定稿。请先处理调解的中止、终止或撤回。',
  blocks: (s) => s.mediationState !== 'drafting',
};
const notSigning: O = {
  code: 'mediation-elsewhere',
  message: '调解已经终止或撤回，不能继续签署。请撤回该协议稿。',
  blocks: (s) => s.mediationState !== 'signing',
};
const notOralStage: O = {
  code: 'mediation-elsewhere',
  message: '调解不在进行中，不能登记口头协议。请先处理调解的中止、终止或撤回。',
  blocks: (s) => s.mediationState !== 'drafting' && s.mediationState !== 'in-mediation',
};
const slotsOpen: O = {
  code: 'slots-open',
  message: '还有人没有签名、按指印或盖章。请待签署齐备后再加盖调委会印章。',
  blocks: (s) => s.openSlots > 0,
};
const inkOnly: O = {
  code: 'electronic-not-allowed',
  message: '该协议涉及人身关系，不适用电子签名（电子签名法第三条）。请打印后当场签名、按指印，再扫描登记。',
  blocks: (s) => s.isInkOnly,
};
const electronicNotAgreed: O = {
  code: 'electronic-not-agreed',
  message: '各方当事人还没有约定采用电子签名（电子签名法第三条）。请先征得并登记各方同意，或改为纸质签署。',
  blocks: (s) => !s.isElectronicAgreed,
};

const laterPending: O = {
  code: 'later-pending',
  message: '还有一份协议正在起草或签署，可能以本协议为原协议。请先撤回该协议稿，再作废本协议。',
  blocks: (s) => s.hasPending,
};

const MEDIATOR: readonly Grant[] = ['mediator@assigned'];
const DESK: readonly Grant[] = ['mediator@assigned', 'recorder@assigned'];

/** The lifecycle of an agreement. A later agreement changes an earlier one; nothing in effect is edited. */
export const agreementLifecycle = defineLifecycle<AgreementFacts>()({
  name: 'agreements',
  label: '调解协议',
  states: AGREEMENT_STATES,
  initial: 'drafting',
  final: ['voided', 'superseded'],
  acts: {
    draft: { label: '起草调解协议', from: [], to: 'drafting', by: DESK, source: '人民调解法第二十八条' },
    revise: { label: '修改协议稿', from: ['drafting'], to: 'same', by: DESK },
    'agree-electronic': {
      label: '登记各方同意电子签名',
      from: ['drafting', 'signing'],
      to: 'same',
      by: DESK,
      obstacles: [writtenOnly, inkOnly],
      source: '电子签名法第三条',
    },
    freeze: {
      label: '定稿，开始签署',
      from: ['drafting'],
      to: 'signing',
      by: MEDIATOR,
      obstacles: [writtenOnly, notDrafting],
    },
    unfreeze: {
      label: '退回修改',
      from: ['signing', 'refused'],
      to: 'drafting',
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [notSigning],
    },
    'sign-on-tablet': {
      label: '当场签名',
      from: ['signing'],
      to: 'same',
      by: DESK,
      obstacles: [notSigning, inkOnly, electronicNotAgreed],
      source: '人民调解法第二十九条；电子签名法第十三条',
    },
    'record-ink': {
      label: '登记纸质签署',
      from: ['signing'],
      to: 'same',
      by: DESK,
      obstacles: [notSigning],
      source: '人民调解法第二十九条',
    },
    'issue-link': {
      label: '发出签署链接',
      from: ['signing'],
      to: 'same',
      by: DESK,
      obstacles: [notSigning, inkOnly, electronicNotAgreed],
    },
    'sign-by-link': {
      label: '远程签名',
      from: ['signing'],
      to: 'same',
      by: [],
      internal: true,
      obstacles: [notSigning, inkOnly, electronicNotAgreed],
    },
    refuse: { label: '登记拒签', from: ['signing'], to: 'refused', by: DESK, obstacles: [notSigning] },
    'refuse-by-link': {
      label: '远程拒签',
      from: ['signing'],
      to: 'refused',
      by: [],
      internal: true,
      obstacles: [notSigning],
    },
    'resume-signing': {
      label: '恢复签署',
      from: ['refused'],
      to: 'signing',
      by: MEDIATOR,
      obstacles: [notSigning],
    },
    seal: {
      label: '加盖调委会印章，协议生效',
      from: ['signing'],
      to: 'effective',
      by: ['committee-director@committee'],
      obstacles: [notSigning, slotsOpen],
      source: '人民调解法第二十九条',
    },
    'conclude-orally': {
      label: '登记口头协议',
      from: ['drafting'],
      to: 'effective',
      by: MEDIATOR,
      obstacles: [oralOnly, notOralStage],
      source: '人民调解法第二十八条、第三十条',
    },
    discard: {
      label: '撤回协议稿',
      from: ['drafting', 'signing', 'refused'],
      to: 'voided',
      by: ['mediator@assigned', 'committee-director@committee'],
    },
    void: {
      label: '作废已生效的协议',
      from: ['effective'],
      to: 'voided',
      by: ['committee-director@committee'],
      obstacles: [laterPending],
      source: '人民调解法第三十二条、第三十三条',
    },
    supersede: { label: '由变更协议替代', from: ['effective'], to: 'superseded', by: [], internal: true },
    'fall-with-base': { label: '随原协议作废', from: ['effective'], to: 'voided', by: [], internal: true },
  },
});

export type AgreementAct = keyof typeof agreementLifecycle.table.acts;
