import { registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';

registerGraveAct('local-types.stop', '停用后登记时不再可选；用过它的事项不变，可以恢复使用。');

/** Finer kinds of the matter's own center, beneath the types they belong to. */
registerReference(['localTypeId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { centerId } = await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }));
  const { items } = await call(api.GET('/api/centers/{id}/local-types', { params: { path: { id: centerId } } }));
  return items
    .filter(({ isActive }) => isActive)
    .map(({ id, name, disputeTypeName }) => ({ value: id, label: name, note: disputeTypeName }));
});
