import { registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';
import { loadPlaces } from './places';

registerReference(['scopeId'], async () =>
  (await loadPlaces()).map(({ id, name, kindName }) => ({ value: id, label: name, note: kindName })),
);

registerReference(['slotId'], async ({ params, disputeId }) => {
  const centerId =
    disputeId === undefined
      ? params?.['id']
      : (await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }))).centerId;
  if (centerId === undefined) return [];
  const slots = await call(api.GET('/api/centers/{id}/slots', { params: { path: { id: centerId } } }));
  return slots
    .filter((slot) => slot.name !== null)
    .map((slot) => ({ value: slot.id, label: slot.name ?? '', note: slot.duty ?? '' }));
});

registerActForm('seals.install', () => import('./InstallSealForm.vue'));
registerActForm('glyph-pictures.add', () => import('./AddGlyphForm.vue'));

registerGraveAct('identity.disable-account', '停用后，此人在下一次操作时即被退出，所任岗位不再有效；可以重新启用。');
registerGraveAct('identity.end-role', '结束后立即生效。手上还有事项的，请先交接。');
registerGraveAct('organizations.end-posting', '结束入驻后，此人不再出现在排班和可选人员中。');
registerGraveAct('organizations.end-member', '结束任期后，不能再指派其调解新的事项。');
registerGraveAct(
  'glyph-pictures.remove',
  '移除后，含这个字的文书不能再出具，直到添加新的图片或装入字库；已经出具的文书不变。',
);
registerGraveAct('seals.retire', '停用后不能再用此印章；已盖章的文书仍可核验。');
