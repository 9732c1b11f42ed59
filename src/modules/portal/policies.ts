import { type Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Those who meet people face to face and see whom they hand a slip. */
const COUNTER: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];

definePolicies({
  'portal.issue-slip': { label: '出具便民联系单', by: COUNTER },
  'portal.list-slips': { label: '查看便民联系单', by: [...COUNTER, 'supervisor@center', 'archivist@center'] },
  'portal.withdraw-slip': { label: '停用便民联系单', by: COUNTER },
  // Not whoever handled the matter: people rate the service without being watched by those they rate.
  'portal.read-ratings': {
    label: '查看服务评价',
    by: [
      'duty-leader@center',
      'supervisor@center',
      'follow-up-clerk@center',
      'center-director@center',
      'center-director@subtree',
      'superior@subtree',
    ],
  },
  'portal.open': { label: '凭联系单查询', by: ['public'] },
  'portal.open-by-number': { label: '凭登记编号和查询码查询', by: ['public'] },
  'portal.read': { label: '当事人查看办理情况', by: ['link-holder'] },
  'portal.download-copy': { label: '当事人下载本人文书', by: ['link-holder'] },
  'portal.answer-consent': { label: '当事人表明是否同意调解', by: ['link-holder'] },
  'portal.sign-rights-notice': { label: '当事人签收权利义务告知书', by: ['link-holder'] },
  'portal.sign-one-time-notice': { label: '当事人签收一次性告知单', by: ['link-holder'] },
  'portal.say-outcome': { label: '当事人说明办理结果', by: ['link-holder'] },
  'portal.confirm-receipt': { label: '当事人确认是否收到', by: ['link-holder'] },
  'portal.rate': { label: '当事人评价服务', by: ['link-holder'] },
  'portal.leave': { label: '当事人结束查询', by: ['link-holder'] },
});
