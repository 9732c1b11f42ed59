import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { matterLifecycle } from './domain/matter-lifecycle';
import { mediationLifecycle } from './domain/mediation-lifecycle';
import { transferLifecycle } from './domain/transfer-lifecycle';

/** Whoever stands in any relation to the matter; row security decides which matters there are for them. */
export const ANY_STANDING: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'supervisor@center',
  'follow-up-clerk@center',
  'archivist@center',
  'center-director@center',
  'center-director@subtree',
  'superior@subtree',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];

/** Those who work on the content of a matter; directors and superiors see headers, not people. */
export const CONTENT_READERS: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'supervisor@center',
  'follow-up-clerk@center',
  'archivist@center',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];

/** Those who handle a matter, at the desk and at the table, and hand out its papers. */
export const HANDLERS: readonly Grant[] = [
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
];

/** Those who put papers into the file of a matter. */
export const FILERS: readonly Grant[] = [
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'archivist@center',
];

definePoliciesOf(matterLifecycle);
definePoliciesOf(mediationLifecycle);
definePoliciesOf(transferLifecycle);
/** Those who work on matters at all, wherever; row security decides on which. */
export const ANYWHERE: readonly Grant[] = [
  'guide@any',
  'intake-clerk@any',
  'dispatcher@any',
  'duty-leader@any',
  'supervisor@any',
  'follow-up-clerk@any',
  'archivist@any',
  'center-director@any',
  'superior@any',
  'mediator@any',
  'recorder@any',
  'committee-director@any',
  'grid-worker@any',
];

const DESK: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];

definePolicies({
  'disputes.list': { label: '查询事项', by: ANYWHERE },
  'disputes.read-events': { label: '查看办理时间线', by: ANY_STANDING },
  'disputes.read-course': { label: '查看办理过程', by: ANY_STANDING },
  'disputes.read-receipt': { label: '查看登记回执', by: ANY_STANDING },
  'disputes.find-duplicates': { label: '查找疑似重复', by: [...DESK, 'grid-worker@any'] },
  'disputes.hint-intake': {
    label: '登记时查看提示',
    by: ['guide@center', 'intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@any'],
  },
  'disputes.list-intake-places': {
    label: '查看可登记的地方',
    by: ['guide@any', 'intake-clerk@any', 'dispatcher@any', 'duty-leader@any', 'grid-worker@any'],
  },
  'disputes.preset-notice': { label: '查看告知单所需材料', by: DESK },
  'disputes.advise-route': { label: '查看途径建议', by: DESK },
  'disputes.suggest-risk': { label: '查看风险提示', by: DESK },
  'disputes.sign-notice': { label: '登记告知单签收', by: DESK },
  'disputes.settle-notice': { label: '登记材料补齐', by: DESK },
  'disputes.list-notices': {
    label: '查询一次性告知单',
    by: [
      'intake-clerk@any',
      'dispatcher@any',
      'duty-leader@any',
      'supervisor@any',
      'mediator@any',
      'committee-director@any',
    ],
  },
  'mediation.chase-pause': { label: '中止到期提醒', by: [], internal: true },
  'mediation.read': { label: '查看调解期限和结果', by: ANY_STANDING },
  'mediation.explain-deadline': { label: '查看期限推算', by: ANY_STANDING },
  'disputes.read': { label: '查看事项', by: ANY_STANDING },
  // Who looked into a matter is asked by those who answer for the center; the whole log stays with the auditor.
  'disputes.read-audit': { label: '查看本事项的操作记录', by: ['center-director@center', 'duty-leader@center'] },
  // Asked within the assessment of risk: no route of its own.
  'disputes.lower-risk': {
    label: '调低风险等级',
    by: ['duty-leader@center', 'center-director@center'],
    internal: true,
  },
});
