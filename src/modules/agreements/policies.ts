import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { agreementLifecycle } from './domain/agreement-lifecycle';
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

definePoliciesOf(agreementLifecycle);
definePoliciesOf(performanceLifecycle);
definePolicies({
  'agreements.list': { label: '查看事项的协议', by: READERS },
  'agreements.read': { label: '查看协议', by: READERS },
  'agreements.preview': { label: '预览协议', by: READERS },
  'agreements.download-signing-copy': { label: '下载签署文本', by: READERS },
  'performance.read': { label: '查看履行台账', by: READERS },
  'signing.read': { label: '查看待签的协议', by: ['link-holder'] },
  'signing.read-paper': { label: '查看待签的协议文本', by: ['link-holder'] },
  'signing.sign': { label: '签名', by: ['link-holder'] },
  'signing.refuse': { label: '拒绝签署', by: ['link-holder'] },
});
