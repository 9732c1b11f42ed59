import { registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';
import type { Meeting } from './types';

registerGraveAct('meetings.cancel', '取消后，各参会单位收到通知，会商不再召开；需要时另行召集。');
registerGraveAct('meeting-tasks.drop', '撤销后，责任单位不再办理，任务不再计时；撤销的理由保留在纪要任务中。');

/** Of one meeting its own units and items. */
const ofMeeting = <Part>(read: (meeting: Meeting) => readonly Part[]) =>
  async function load({ disputeId, params }: { disputeId?: string; params?: Readonly<Record<string, string>> }) {
    if (disputeId === undefined) return [];
    const path = { disputeId };
    const { items } = await call(api.GET('/api/disputes/{disputeId}/meetings', { params: { path } }));
    const meeting = items.find((one) => one.id === params?.['id']);
    return meeting === undefined ? [] : read(meeting);
  };

registerReference(
  ['meetingUnitId'],
  ofMeeting(({ units }) =>
    units.map((u) => ({ value: u.id, label: u.name, note: u.arrivedAt === null ? '没有签到' : u.roleName })),
  ),
);
registerReference(
  ['meetingItemId'],
  ofMeeting(({ items }) => items.map((i) => ({ value: i.id, label: `${String(i.ordinal)}．${i.subject}` }))),
);

registerReference(['meetingId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const path = { disputeId };
  const { items } = await call(api.GET('/api/disputes/{disputeId}/meetings', { params: { path } }));
  return items
    .filter((m) => m.confirmedAt !== null)
    .map((m) => ({ value: m.id, label: `第${String(m.ordinal)}次会商`, note: m.topic.slice(0, 20) }));
});

/** Who may preside over a meeting of the matter's center. */
registerReference(['chairAccountId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { centerId } = await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }));
  const path = { id: centerId };
  const lists = await Promise.all(
    (['center-director', 'duty-leader', 'dispatcher'] as const).map((role) =>
      call(api.GET('/api/centers/{id}/colleagues', { params: { path, query: { role } } })),
    ),
  );
  const byId = new Map(lists.flat().map((one) => [one.id, one]));
  return [...byId.values()].map(({ id, name, offices }) => ({
    value: id,
    label: name,
    note: offices.map((office) => office.roleName).join('、'),
  }));
});

registerReference(['otherDisputeIds'], async ({ disputeId }) => {
  const { items } = await call(api.GET('/api/disputes', { params: { query: { limit: 100 } } }));
  return items
    .filter((d) => d.id !== disputeId)
    .map((d) => ({ value: d.id, label: d.registrationNumber, note: `${d.title}（${d.stateName}）` }));
});
