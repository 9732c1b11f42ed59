import { definePolicies } from '../../platform/auth';

/** Whose card it is: those who mediate. */
const OWN = ['mediator@self', 'committee-director@self'] as const;
const OF_AGENCY = [
  'center-director@center',
  'superior@subtree',
  'agency-liaison@agency',
  'agency-handler@agency',
] as const;

definePolicies({
  'mediator-cards.list': { label: '查看各调解员评分卡', by: ['center-director@center', 'superior@subtree'] },
  'mediator-cards.read': {
    label: '查看调解员评分卡',
    by: [...OWN, 'center-director@center', 'superior@subtree'],
  },
  'mediator-cards.print': {
    label: '打印调解员评分卡',
    by: [...OWN, 'center-director@center', 'superior@subtree'],
  },
  'mediator-cards.appeal': { label: '对评分卡申诉', by: OWN },
  'card-appeals.rule': { label: '裁定评分卡申诉', by: ['center-director@center'] },
  'mediator-weights.list': { label: '查看评分卡权重', by: ['everyone@self'] },
  'mediator-weights.set': { label: '设定评分卡权重', by: ['center-director@center'] },
  'agency-cards.read': { label: '查看部门评分卡', by: OF_AGENCY },
  'agency-cards.print': { label: '打印部门评分卡', by: OF_AGENCY },
});
