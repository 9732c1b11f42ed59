import { registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';

registerGraveAct('helpers.revoke', '撤回后，代办人不能再以当事人名义办理；以前的代办记录保留。需要时另行书面授权。');

registerReference(['helperAccountId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { centerId } = await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }));
  const path = { id: centerId };
  const lists = await Promise.all(
    (['grid-worker', 'guide', 'intake-clerk'] as const).map((role) =>
      call(api.GET('/api/centers/{id}/colleagues', { params: { path, query: { role } } })),
    ),
  );
  const byId = new Map(lists.flat().map((one) => [one.id, one]));
  return [...byId.values()].map(({ id, name, offices }) => ({
    value: id,
    label: name,
    note: offices.map((office) => `${office.of} ${office.roleName}`).join('；'),
  }));
});

registerReference(['helperAuthorityId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const path = { disputeId };
  const { items } = await call(api.GET('/api/disputes/{disputeId}/helper-authorities', { params: { path } }));
  return items.map((one) => ({ value: one.id, label: one.helperName, note: one.stateName }));
});
