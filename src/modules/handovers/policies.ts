import { definePolicies } from '../../platform/auth';

/** `everyone@self` stands for the two who hand over: the facts name them as the owner. */
definePolicies({
  'hand-overs.list': { label: '查看工作交接', by: ['everyone@self'] },
  'hand-overs.make': {
    label: '办理工作交接',
    by: ['everyone@self', 'center-director@center', 'duty-leader@center'],
  },
  'hand-overs.read': {
    label: '查看交接清单',
    by: ['everyone@self', 'center-director@center', 'duty-leader@center'],
  },
  'hand-overs.sign': { label: '签署交接', by: ['everyone@self'] },
  'hand-overs.renew': {
    label: '重新生成清单',
    by: ['everyone@self', 'center-director@center', 'duty-leader@center'],
  },
  'hand-overs.override': { label: '移交人不能签，由接任人单方签收', by: ['center-director@center'] },
  'hand-overs.cancel': { label: '取消交接', by: ['everyone@self', 'center-director@center', 'duty-leader@center'] },
  'hand-overs.print': {
    label: '打印交接清单',
    by: ['everyone@self', 'center-director@center', 'duty-leader@center'],
  },
  'hand-overs.move': { label: '工作交接移交', by: [], internal: true },
});
