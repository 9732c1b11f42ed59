import { registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';

registerActForm('agreements.freeze', () => import('./forms/FreezeForm.vue'));
registerActForm('agreements.record-ink', () => import('./forms/InkForm.vue'));
registerActForm('agreements.issue-link', () => import('./forms/LinkForm.vue'));
registerActForm('agreements.refuse', () => import('./forms/RefuseForm.vue'));

registerGraveAct(
  'agreements.unfreeze',
  '退回修改后，本轮已有的签名、指印、扫描件登记和链接全部失效，各方须对改后的文本重新签署；已签的人会收到通知。',
);
registerGraveAct(
  'agreements.erase-image',
  '删除后图片不能恢复，摘要和同意记录保留；签署不受影响，已经盖章的协议书不变。',
);
registerGraveAct('agreements.discard', '撤回后这份协议稿不能恢复，已有的签署全部失效。');
registerGraveAct('agreements.void', '作废后原件保留，但核验时显示“已作废”，未履行的事项不再履行，须另行处理。');
registerGraveAct('performance.breach', '登记违约后，该事项转为违约，权利人可以起诉或者申请执行。');

/** Representatives of the parties: who of them may act is for the server to say. */
registerReference(['agentIds'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const list = await call(api.GET('/api/disputes/{disputeId}/parties', { params: { path: { disputeId } } }));
  return list.items.flatMap((party) =>
    party.representatives.map((one) => ({ value: one.id, label: `${one.name}（代${party.name}）` })),
  );
});
