import { registerReference } from '@/acts';
import { api, call } from '@/api';

registerReference(['colleagueId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes/{id}/colleagues', { params: { path: { id: disputeId } } }));
  return items.map((c) => ({ value: c.accountId, label: c.name, note: c.roleNames.join('、') }));
});
