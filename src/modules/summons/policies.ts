import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { PRINTED_BY, summonsLifecycle } from './domain/summons-lifecycle';
import { taskLifecycle } from './domain/task-lifecycle';

definePoliciesOf(summonsLifecycle);
definePoliciesOf(taskLifecycle);
definePolicies({
  'summons.read': { label: '查看吹哨单', by: ANY_STANDING },
  'summons.list-of-matter': { label: '查看事项的吹哨台账', by: ANY_STANDING },
  'summons.list': {
    label: '查看本中心的吹哨台账',
    by: ['dispatcher@center', 'duty-leader@center', 'supervisor@center', 'center-director@center', 'superior@subtree'],
  },
  'summons.suggest': {
    label: '查看建议吹哨的部门',
    by: ['mediator@assigned', 'dispatcher@center', 'duty-leader@center', 'center-director@center'],
  },
  'summons.print': {
    label: '出具吹哨单',
    by: PRINTED_BY,
    internal: true,
  },
  'summons.print-minutes': { label: '出具会商会议纪要', by: PRINTED_BY, internal: true },
  'summons-tasks.list': { label: '查看本部门的吹哨任务', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'summons-tasks.download': { label: '查阅吹哨材料', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'summons-tasks.calendar': {
    label: '下载到场日程',
    by: ['agency-liaison@agency', 'agency-handler@agency'],
  },
  'summons-tasks.find-by-code': {
    label: '凭签到码找到本部门的任务',
    by: ['agency-liaison@agency', 'agency-handler@agency'],
  },
  'summons-tasks.read': { label: '查看吹哨任务', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'agency-scores.list': { label: '查看部门响应', by: ['center-director@center', 'superior@subtree'] },
  'agency-scores.read': {
    label: '查看部门得分',
    by: ['center-director@center', 'superior@subtree', 'agency-liaison@agency', 'agency-handler@agency'],
  },
  'score-weights.list': { label: '查看评分权重', by: ['everyone@self'] },
  'score-weights.set': { label: '设定评分权重', by: ['center-director@center'] },
  // 权责清单依法公开（中办、国办《关于推行地方各级政府工作部门权力清单制度的指导意见》）.
  'agency-duties.list': { label: '查看权责清单', by: ['everyone@self'] },
  'agency-duties.add': { label: '登记部门职责', by: ['system-admin@any'] },
  'agency-duties.revise': { label: '修改部门职责', by: ['system-admin@any'] },
  'agency-duties.end': { label: '停用部门职责', by: ['system-admin@any'] },
});
