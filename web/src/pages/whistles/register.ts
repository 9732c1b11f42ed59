import { registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';

registerActForm('summons.propose', () => import('./ProposeForm.vue'));

registerGraveAct(
  'summons.withdraw',
  '撤哨后，各部门立即看不到这张吹哨单，时限不再计算；已签收的部门会收到撤哨通知。撤哨不能恢复，需要时须重新吹哨。',
);
registerGraveAct(
  'summons-tasks.withdraw',
  '撤哨后，该部门立即看不到任务，时限不再计算；其余部门照常办理。撤哨不能恢复。',
);
registerGraveAct(
  'summons-tasks.uphold',
  '认定异议成立后，该部门退出本哨，不计入考核；主办部门退出的，须另定接替的部门。',
);
registerGraveAct('agency-duties.end', '停用后，吹哨时不再据此建议该部门；以往的记录保留。');

registerReference(['agencyId', 'replacementAgencyId'], async ({ disputeId }) => {
  // On a matter only agencies that its own center may whistle are offered.
  if (disputeId !== undefined) {
    const path = { disputeId };
    const { agencies } = await call(api.GET('/api/disputes/{disputeId}/summons-suggestions', { params: { path } }));
    return agencies.map(({ id, name }) => ({ value: id, label: name }));
  }
  return (await call(api.GET('/api/agencies'))).map(({ id, name }) => ({ value: id, label: name }));
});
