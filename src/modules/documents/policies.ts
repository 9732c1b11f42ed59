import type { Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { paperLifecycle } from './domain/paper-lifecycle';
import { sealLifecycle } from './domain/seal-lifecycle';

/** Those who answer for what the center's papers say. */
const TEMPLATE_KEEPERS: readonly Grant[] = ['system-admin@any', 'duty-leader@center'];

const { by: ISSUERS } = paperLifecycle.table.acts.issue;

definePoliciesOf(paperLifecycle);
definePoliciesOf(sealLifecycle);
definePolicies({
  'papers.preview': { label: '预览文书', by: ISSUERS },
  'papers.list-drafts': { label: '查看文书的各稿', by: ISSUERS },
  'papers.download-draft': { label: '打开文书的一稿', by: ISSUERS },
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
  'templates.list': { label: '查看中心的文书模板', by: TEMPLATE_KEEPERS },
  'templates.read': { label: '打开文书模板', by: TEMPLATE_KEEPERS },
  'templates.read-version': { label: '查看模板的旧版', by: TEMPLATE_KEEPERS },
  'templates.compare': { label: '比较两版模板', by: TEMPLATE_KEEPERS },
  'templates.check': { label: '检查模板', by: TEMPLATE_KEEPERS },
  'templates.preview': { label: '预览模板', by: TEMPLATE_KEEPERS },
  'templates.enable': { label: '启用', by: TEMPLATE_KEEPERS },
  'templates.restore': { label: '恢复旧版', by: TEMPLATE_KEEPERS },
  'seals.list': { label: '查看电子印章', by: ['system-admin@any', 'committee-director@committee'] },
  'seals.list-uses': { label: '查看用印台账', by: ['committee-director@committee', 'auditor@any'] },
  'trust-anchors.list': { label: '查看受信任的根证书', by: ['system-admin@any', 'security-admin@any', 'auditor@any'] },
  'trust-anchors.add': { label: '添加受信任的根证书', by: ['system-admin@any'] },
  'glyph-pictures.list': { label: '查看字形图片', by: ['system-admin@any'] },
  'glyph-pictures.add': { label: '添加字形图片', by: ['system-admin@any'] },
  'glyph-pictures.remove': { label: '移除字形图片', by: ['system-admin@any'] },
  'verification.check-code': { label: '凭查验码核验文书', by: ['public'] },
  'verification.check-file': { label: '上传文件核验', by: ['public'] },
});
