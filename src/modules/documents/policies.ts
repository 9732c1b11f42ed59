import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { paperLifecycle } from './domain/paper-lifecycle';
import { sealLifecycle } from './domain/seal-lifecycle';

const { by: ISSUERS } = paperLifecycle.table.acts.issue;

definePoliciesOf(paperLifecycle);
definePoliciesOf(sealLifecycle);
definePolicies({
  'papers.preview': { label: '预览文书', by: ISSUERS },
  'papers.list': { label: '查看事项的文书', by: ANY_STANDING },
  'papers.read': { label: '查看文书', by: ANY_STANDING },
  'papers.download': { label: '下载文书', by: ANY_STANDING },
  'papers.templates': { label: '查看文书模板', by: ['everyone@self'] },
  'papers.example': { label: '用示例内容预览模板', by: ['everyone@self'] },
  'papers.issue-registration-receipt': {
    label: '出具登记回执',
    by: ['guide@center', 'intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@unit'],
    internal: true,
  },
  'papers.issue-one-time-notice': {
    label: '出具一次性告知单',
    by: ['guide@center', 'intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@unit'],
    internal: true,
  },
  'seals.list': { label: '查看电子印章', by: ['system-admin@any', 'committee-director@committee'] },
  'seals.list-uses': { label: '查看用印台账', by: ['committee-director@committee', 'auditor@any'] },
  'trust-anchors.list': { label: '查看受信任的根证书', by: ['system-admin@any', 'security-admin@any', 'auditor@any'] },
  'trust-anchors.add': { label: '添加受信任的根证书', by: ['system-admin@any'] },
  'verification.check-code': { label: '凭查验码核验文书', by: ['public'] },
  'verification.check-file': { label: '上传文件核验', by: ['public'] },
});
