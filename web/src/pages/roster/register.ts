import { registerReference } from '@/acts';
import { api, call } from '@/api';

/** Who stands in: those of the center and of its agencies, the center being named beside the posting. */
registerReference(['substituteId'], async ({ params }) => {
  const id = params?.['centerId'];
  if (id === undefined) return [];
  const found = await call(api.GET('/api/centers/{id}/colleagues', { params: { path: { id } } }));
  return found.map(({ id: value, name, offices }) => ({
    value,
    label: name,
    note: offices.map((office) => `${office.of} ${office.roleName}`).join('；'),
  }));
});
