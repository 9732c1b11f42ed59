import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { FILERS, HANDLERS } from '../disputes';
import { CLAUSE_KEEPERS } from './domain/clause-keepers';
import { IMAGE_KEEPERS, IMAGE_TAKERS } from './domain/image-keepers';
import { agreementLifecycle } from './domain/agreement-lifecycle';
import { confirmationLifecycle } from './domain/judicial-confirmation';
import { performanceLifecycle } from './domain/performance-lifecycle';

/** Those who work on the content of a matter; directors and superiors see headers, not what people agreed. */
const READERS: readonly Grant[] = [
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

/** Those who write agreements and collect the signatures. */
const DRAFTERS: readonly Grant[] = ['mediator@assigned', 'recorder@assigned'];

/** Those who hear of a suit: who served on the matter, and whoever watches over what was agreed. */
const COURT_WATCHERS: readonly Grant[] = [
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'follow-up-clerk@center',
];

definePoliciesOf(agreementLifecycle);
definePoliciesOf(performanceLifecycle);
definePoliciesOf(confirmationLifecycle);
definePolicies({
  'agreements.list': { label: '查看事项的协议', by: READERS },
  'agreements.read': { label: '查看协议', by: READERS },
  'agreements.read-matrix': { label: '查看各方意愿和签署一览', by: READERS },
  'agreements.preview': { label: '预览协议', by: READERS },
  'agreements.read-drafts': { label: '查看协议各稿', by: READERS },
  'agreements.download-draft': { label: '下载协议某一稿', by: READERS },
  'agreements.download-signing-copy': { label: '下载签署文本', by: READERS },
  'agreements.add-image': { label: '留存签署影像', by: IMAGE_TAKERS },
  'agreements.view-image': { label: '查看签署影像', by: IMAGE_KEEPERS },
  'agreements.erase-image': { label: '删除签署影像', by: IMAGE_KEEPERS },
  'agreements.check': { label: '核对协议内容', by: DRAFTERS },
  'agreements.preview-unsaved': { label: '预览未保存的协议', by: DRAFTERS },
  'agreements.plan-instalments': { label: '计算分期', by: DRAFTERS },
  'agreements.read-signing-text': { label: '当面出示待签文本', by: DRAFTERS },
  'clauses.suggest': { label: '查看适用的条款', by: DRAFTERS },
  'clauses.list': { label: '查看条款库', by: ['everyone@self'] },
  'clauses.add': { label: '新增条款', by: CLAUSE_KEEPERS },
  'clauses.revise': { label: '修改条款', by: CLAUSE_KEEPERS },
  'clauses.retire': { label: '停用条款', by: CLAUSE_KEEPERS },
  // Demanded of whoever orders the paper, beside the act of issuing; they have no route of their own.
  'agreements.print-oral': { label: '出具口头协议登记表', by: FILERS, internal: true },
  'agreements.print-mongolian': { label: '出具蒙古文附页', by: FILERS, internal: true },
  'agreements.print-confirmation': {
    label: '出具司法确认申请书',
    by: ['mediator@assigned', 'recorder@assigned', 'committee-director@committee'],
    internal: true,
  },
  'performance.print': {
    label: '出具履行凭证页',
    by: [...FILERS, 'follow-up-clerk@center'],
    internal: true,
  },
  // Row security decides whose items there are for whoever asks.
  'performance.list': { label: '查看履行清单', by: ['everyone@self'] },
  'performance.read': { label: '查看履行台账', by: READERS },
  // What the program does by itself; the label stands on the matter's course.
  'performance.remind': { label: '履行、司法确认提醒', by: [], internal: true },
  'performance.print-reminder': {
    label: '出具催告函',
    by: ['mediator@assigned', 'recorder@assigned', 'committee-director@committee', 'follow-up-clerk@center'],
    internal: true,
  },
  // Prints addresses and telephones in full: for those who may see them.
  'agreements.print-closing-report': {
    label: '出具结案报告表',
    by: HANDLERS,
    internal: true,
  },
  // An agreement that a court has taken away is voided with the entry: that takes the grant of agreements.void beside.
  'court-outcomes.record': { label: '登记法院的处理结果', by: COURT_WATCHERS },
  'court-outcomes.retract': {
    label: '撤销法院结果的登记',
    by: ['mediator@assigned', 'committee-director@committee'],
  },
  'signing.read': { label: '查看待签的协议', by: ['link-holder'] },
  'signing.read-paper': { label: '查看待签的协议文本', by: ['link-holder'] },
  'signing.sign': { label: '签名', by: ['link-holder'] },
  'signing.refuse': { label: '拒绝签署', by: ['link-holder'] },
});
