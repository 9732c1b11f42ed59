import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { CONTENT_READERS, HANDLERS } from '../disputes';
import { partyLifecycle } from './domain/party-lifecycle';

definePoliciesOf(partyLifecycle);
definePolicies({
  'parties.list': { label: '查看当事人名单', by: CONTENT_READERS },
  'parties.read': { label: '查看当事人详情', by: CONTENT_READERS },
  'parties.read-contacts': { label: '查看联系记录', by: CONTENT_READERS },
  'parties.read-history': { label: '查看当事人变更记录', by: CONTENT_READERS },
  'parties.find-same': {
    label: '查看同一人的其他事项',
    by: [
      'intake-clerk@center',
      'dispatcher@center',
      'duty-leader@center',
      'mediator@assigned',
      'committee-director@committee',
    ],
  },
  'parties.look-up': {
    label: '登记时查找同一人',
    by: ['guide@center', 'intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@any'],
  },
  'parties.reveal': {
    label: '查看当事人完整信息',
    isReading: true,
    by: [
      'intake-clerk@center',
      'dispatcher@center',
      'duty-leader@center',
      'follow-up-clerk@center',
      'mediator@assigned',
      'recorder@assigned',
      'committee-director@committee',
      'grid-worker@unit',
    ],
  },
  // 未成年人网络保护条例 art. 36: only the responsible person, and those whom that person has put on the matter.
  'parties.reveal-minor': {
    label: '查看未成年人完整信息',
    isReading: true,
    by: ['duty-leader@center', 'mediator@assigned', 'recorder@assigned', 'committee-director@committee'],
  },
  'parties.print-notice': {
    label: '出具权利义务告知书',
    by: ['guide@center', ...HANDLERS],
    internal: true,
  },
  'parties.print-application': {
    label: '出具调解申请书',
    by: ['guide@center', ...HANDLERS, 'grid-worker@unit'],
    internal: true,
  },
  'parties.print-power': {
    label: '出具授权委托书',
    by: HANDLERS,
    internal: true,
  },
  'parties.print-register': {
    label: '出具受理登记表',
    by: HANDLERS,
    internal: true,
  },
  'parties.print-refusal': {
    label: '出具不予受理通知书',
    by: ['intake-clerk@center', 'dispatcher@center', 'duty-leader@center'],
    internal: true,
  },
  'parties.print-ending': {
    label: '出具终止调解通知书',
    by: HANDLERS,
    internal: true,
  },
  // Prints numbers in full: for those who may see them.
  'parties.print-service-address': {
    label: '出具送达地址确认书',
    by: HANDLERS,
    internal: true,
  },
  'parties.print-transfer': {
    label: '出具移送函',
    by: ['dispatcher@center', 'duty-leader@center', 'grid-worker@unit'],
    internal: true,
  },
});
