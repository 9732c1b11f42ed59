import { definePolicies } from '../../platform/auth';

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
  'exchange.list-exports': { label: '查看本人的导出', by: ['everyone@self'] },
  'exchange.download-export': { label: '下载导出文件', by: ['everyone@self'] },
});
