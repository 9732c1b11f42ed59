import { registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';

/** The two of a hand-over are of the center in the path. */
registerReference(['leaverId', 'successorId'], async ({ params }) => {
  const id = params?.['id'];
  if (id === undefined) return [];
  const found = await call(api.GET('/api/centers/{id}/colleagues', { params: { path: { id } } }));
  return found.map(({ id: value, name, offices }) => ({
    value,
    label: name,
    note: offices.map((office) => `${office.of} ${office.roleName}`).join('；'),
  }));
});

registerReference(['disputeIds'], async ({ params }) => {
  const centerId = params?.['id'];
  if (centerId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes', { params: { query: { centerId, limit: 100 } } }));
  return items.map((d) => ({ value: d.id, label: d.registrationNumber, note: `${d.title}（${d.stateName}）` }));
});

registerGraveAct('hand-overs.override', '批准后，接任人单方签收即移交全部事项，不再等移交人签署；这样办结的另行计数。');
registerGraveAct('hand-overs.cancel', '取消后，这份清单不再签署，事项仍在移交人名下。');
