import type { Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { attachmentLifecycle } from './domain/attachment-lifecycle';

/** Those who may read the content of a matter. */
const READERS: readonly Grant[] = [
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

definePoliciesOf(attachmentLifecycle);
definePolicies({
  'attachments.list': { label: '查看材料目录', by: READERS },
  'attachments.download': { label: '下载材料', by: READERS },
  // Demanded of whoever orders the paper, beside the act of issuing; it has no route of its own.
  'attachments.print-list': {
    label: '出具证据材料清单',
    by: [
      'intake-clerk@center',
      'dispatcher@center',
      'duty-leader@center',
      'archivist@center',
      'mediator@assigned',
      'recorder@assigned',
      'committee-director@committee',
    ],
    internal: true,
  },
});
