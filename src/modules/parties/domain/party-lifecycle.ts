import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import type { PartyKind } from './dictionaries';

/** States of one who takes part in a matter. */
export const PARTY_STATES = {
  active: '参加调解',
  excluded: '不参加（部分调解）',
  withdrawn: '已退出',
  deceased: '已死亡，由继受人参加',
} as const;
export type PartyState = keyof typeof PARTY_STATES;

/** What the table needs to know of a party and its matter. */
export interface PartyStanding {
  readonly state: PartyState;
  readonly kind: PartyKind;
  /** State of the matter and of its mediation, by the keys of the disputes module. */
  readonly matterState: string;
  readonly mediationState: string | null;
  /** Active parties of the matter other than this one. */
  readonly otherActiveParties: number;
}

type O = Obstacle<PartyStanding>;

const OVER: readonly string[] = ['effective', 'oral-agreed', 'performing', 'performed', 'in-breach'];
const CLOSED: readonly string[] = ['closed', 'followed-up', 'archived', 'merged'];

const matterClosed: O = {
  code: 'matter-closed',
  message: '该事项已办结或已并案，不能再改动当事人。确需改动的，请先重启该事项。',
  blocks: (s) => CLOSED.includes(s.matterState),
};
const beingSigned: O = {
  code: 'being-signed',
  message: '协议正在签署，当事人已写入定稿。请先将协议退回修改，再改动当事人。',
  blocks: (s) => s.mediationState === 'signing',
};
const agreementInForce: O = {
  code: 'agreement-in-force',
  message: '协议已经生效，不再征询意愿，也不能增减当事人。对履行或者内容有争议的，请登记违约或另行申请。',
  blocks: (s) => s.mediationState !== null && OVER.includes(s.mediationState),
};
const tooFewRemain: O = {
  code: 'too-few-remain',
  message: '其余当事人不足两方，不能只就其中一部分继续调解。请办理终止或撤回。',
  blocks: (s) => s.otherActiveParties < 2,
};
const wouldLeaveOne: O = {
  code: 'would-leave-one',
  message: '该当事人退出后只剩一方。请办理整个调解的撤回或终止，并告知其他途径。',
  blocks: (s) =>
    s.mediationState !== null &&
    !['refused', 'unreachable', 'terminated', 'withdrawn'].includes(s.mediationState) &&
    s.otherActiveParties < 2,
};
const onlyPersons: O = {
  code: 'not-a-person',
  message: '单位没有死亡承继；单位合并、分立、注销的，请更正名称或登记新的当事人。',
  blocks: (s) => s.kind !== 'person',
};

/** Those who work on a matter's content. */
const DESK: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];
/** Those who may decide who takes part. */
const DECIDING: readonly Grant[] = [
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'committee-director@committee',
];

const ALL: readonly PartyState[] = ['active', 'excluded', 'withdrawn', 'deceased'];

/** The lifecycle of a party within a matter. */
export const partyLifecycle = defineLifecycle<PartyStanding>()({
  name: 'parties',
  label: '当事人',
  states: PARTY_STATES,
  initial: 'active',
  final: ['deceased'],
  acts: {
    add: {
      label: '登记当事人',
      from: [],
      to: 'active',
      by: DESK,
      obstacles: [matterClosed, beingSigned, agreementInForce],
    },
    correct: {
      label: '更正当事人信息',
      from: ['active', 'excluded', 'withdrawn'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed, beingSigned],
    },
    'record-consent': {
      label: '记录调解意愿',
      from: ['active', 'excluded'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed, agreementInForce],
      source: '人民调解法第三条、第十七条',
    },
    'sign-notice': {
      label: '登记权利义务告知签收',
      from: ['active'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed],
      source: '人民调解工作若干规定第三十条',
    },
    'log-contact': {
      label: '登记联系记录',
      from: ['active', 'excluded'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed],
    },
    'add-representative': {
      label: '登记代理人、代表人',
      from: ['active'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed],
    },
    'end-representative': { label: '终止代理', from: ALL, to: 'same', by: DESK, obstacles: [matterClosed] },
    'list-represented': {
      label: '登记被代表人名单',
      from: ['active'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed, beingSigned],
    },
    'agree-settlement': {
      label: '登记被代表人同意和解',
      from: ['active'],
      to: 'same',
      by: DESK,
      obstacles: [matterClosed],
      source: '民事诉讼法第五十六条',
    },
    exclude: {
      label: '就其余部分继续调解',
      from: ['active'],
      to: 'excluded',
      by: DECIDING,
      obstacles: [matterClosed, beingSigned, agreementInForce, tooFewRemain],
      source: '深圳经济特区矛盾纠纷多元化解条例第二十六条',
    },
    readmit: {
      label: '恢复参加调解',
      from: ['excluded', 'withdrawn'],
      to: 'active',
      by: DECIDING,
      obstacles: [matterClosed, beingSigned, agreementInForce],
    },
    withdraw: {
      label: '当事人退出',
      from: ['active', 'excluded'],
      to: 'withdrawn',
      by: DECIDING,
      obstacles: [matterClosed, beingSigned, agreementInForce, wouldLeaveOne],
    },
    succeed: {
      label: '登记死亡和继受',
      from: ['active', 'excluded'],
      to: 'deceased',
      by: DECIDING,
      obstacles: [matterClosed, beingSigned, onlyPersons],
    },
  },
});

export type PartyAct = keyof typeof partyLifecycle.table.acts;
