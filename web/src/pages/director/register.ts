import { registerReference } from '@/acts';
import { api, call } from '@/api';

/** Leaders who may take charge of a matter: those of its center. */
registerReference(['leaderAccountId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { centerId } = await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }));
  const path = { id: centerId };
  const lists = await Promise.all(
    (['center-director', 'duty-leader'] as const).map((role) =>
      call(api.GET('/api/centers/{id}/colleagues', { params: { path, query: { role } } })),
    ),
  );
  return lists.flat().map(({ id, name, offices }) => ({
    value: id,
    label: name,
    note: offices.map((office) => `${office.of} ${office.roleName}`).join('；'),
  }));
});
