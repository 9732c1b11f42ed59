import { definePolicies } from '../../platform/auth';
import { IMPORTERS } from '../disputes';

definePolicies({
  // Whoever keeps lists may take one away; which rows are in it is decided by their rights to each matter.
  'exchange.export-matters': {
    label: '导出事项',
    by: [
      'intake-clerk@any',
      'dispatcher@any',
      'duty-leader@any',
      'mediator@any',
      'committee-director@any',
      'supervisor@any',
      'follow-up-clerk@any',
      'archivist@any',
      'center-director@any',
      'superior@any',
    ],
  },
  'exchange.download-template': {
    label: '下载旧台账模板',
    by: ['intake-clerk@any', 'archivist@any', 'duty-leader@any'],
  },
  'exchange.check-import': { label: '核对旧台账', by: IMPORTERS },
  'exchange.start-import': { label: '导入', by: IMPORTERS },
  'exchange.list-imports': { label: '查看本人上传的旧台账', by: ['everyone@self'] },
  'exchange.read-import': { label: '查看旧台账的导入情况', by: ['everyone@self'] },
  'exchange.read-import-rows': { label: '查看旧台账各行', by: ['everyone@self'] },
  'exchange.download-refused': { label: '下载需要修改的行', by: ['everyone@self'] },
  'exchange.read-mappings': {
    label: '查看报送对照表',
    by: ['duty-leader@any', 'dispatcher@any', 'follow-up-clerk@any', 'supervisor@any'],
  },
  'exchange.keep-mapping': { label: '修改报送对照表', by: ['duty-leader@center'] },
  'exchange.try-mapping': { label: '试填和核对', by: ['duty-leader@center', 'dispatcher@center'] },
  'exchange.export-mapped': { label: '导出报送文件', by: ['duty-leader@center', 'dispatcher@center'] },
  'exchange.list-exports': { label: '查看本人的导出', by: ['everyone@self'] },
  'exchange.download-export': { label: '下载导出文件', by: ['everyone@self'] },
});
