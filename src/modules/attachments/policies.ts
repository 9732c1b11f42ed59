import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { CONTENT_READERS } from '../disputes';
import { attachmentLifecycle } from './domain/attachment-lifecycle';

definePoliciesOf(attachmentLifecycle);
definePolicies({
  'attachments.list': { label: '查看材料目录', by: CONTENT_READERS },
  'attachments.download': { label: '下载材料', by: CONTENT_READERS },
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
