import { registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';
import { dayTime } from '@/ui/formats';

registerActForm('sessions.plan', () => import('./PlanForm.vue'));
registerActForm('sessions.reschedule', () => import('./PlanForm.vue'));
registerActForm('sessions.choose-publicity', () => import('./PublicityForm.vue'));
registerActForm('sessions.confirm', () => import('./ConfirmForm.vue'));
registerActForm('sessions.uninvite', () => import('./UninviteForm.vue'));
registerActForm('investigations.open', () => import('./InvestigationForm.vue'));

registerGraveAct('sessions.cancel', '取消后，场所和人员的占用随即解除；这一次的序号保留，不再使用。');
registerGraveAct('investigations.discard', '作废后不能恢复，编号保留。');
registerGraveAct('investigations.narrow', '原记录对范围以外的人随即隐去，另起一份范围更小的记录，须重新核对。');

const optionsOf = async (disputeId: string) =>
  call(api.GET('/api/disputes/{id}/plan-options', { params: { path: { id: disputeId } } }));

registerReference(['mediatorIds'], async ({ disputeId }) =>
  disputeId === undefined
    ? []
    : (await optionsOf(disputeId)).mediators.map(({ accountId, name, isHost }) => ({
        value: accountId,
        label: name,
        ...(isHost ? { note: '主持' } : {}),
      })),
);

registerReference(['recorderId'], async ({ disputeId }) =>
  disputeId === undefined
    ? []
    : (await optionsOf(disputeId)).recorders.map(({ accountId, name }) => ({ value: accountId, label: name })),
);

registerReference(['agencyIds'], async ({ disputeId }) =>
  disputeId === undefined
    ? []
    : (await optionsOf(disputeId)).agencies.map(({ id, name }) => ({ value: id, label: name })),
);

registerReference(['participantIds'], async ({ disputeId }) =>
  disputeId === undefined
    ? []
    : (await optionsOf(disputeId)).participants.map(({ id, name, kindName, missing }) => ({
        value: id,
        label: `${name}（${kindName}）`,
        ...(missing.length === 0 ? {} : { note: `还缺${missing.join('、')}同意` }),
      })),
);

registerReference(['representativeIds', 'representativeId'], async ({ disputeId }) =>
  disputeId === undefined
    ? []
    : (await optionsOf(disputeId)).parties.flatMap((party) =>
        party.representatives.map(({ id, name }) => ({ value: id, label: `${name}（${party.name}的代理人）` })),
      ),
);

registerReference(['recordId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const path = { id: disputeId };
  const { items } = await call(api.GET('/api/disputes/{id}/investigation-records', { params: { path } }));
  return items
    .map(({ id, number, intervieweeName, startedAt, stateName }) => ({
      value: id,
      label: `第${number}号（${intervieweeName}，${dayTime(startedAt)}）`,
      note: stateName,
    }))
    .reverse();
});
