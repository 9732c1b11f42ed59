import { registerActForm, registerGraveAct, registerReference } from '@/acts';
import { api, call } from '@/api';
import { dayTime } from '@/ui/formats';

registerReference(['answeredByRepresentativeId', 'signedByRepresentativeId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes/{disputeId}/parties', { params: { path: { disputeId } } }));
  return items.flatMap((party) =>
    party.representatives
      .filter((r) => r.isInForce)
      .map((r) => ({ value: r.id, label: r.name, note: `${party.name}的${r.kindName}` })),
  );
});

registerReference(['agreementId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes/{id}/agreements', { params: { path: { id: disputeId } } }));
  return items.map((a) => ({
    value: a.id,
    label: a.number ?? `第${String(a.ordinal)}份${a.kindName}`,
    note: a.stateName,
  }));
});

registerReference(['intoId'], async ({ disputeId }) => {
  const { items } = await call(api.GET('/api/disputes', { params: { query: { limit: 100 } } }));
  return items
    .filter((d) => d.id !== disputeId)
    .map((d) => ({ value: d.id, label: d.registrationNumber, note: `${d.title}（${d.stateName}）` }));
});

/** What a paper is about, the latest first: most forms are left as they are, for the latest is what they mean. */
registerReference(['transferId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { transfers } = await call(api.GET('/api/disputes/{id}/course', { params: { path: { id: disputeId } } }));
  return transfers
    .map((t) => ({ value: t.id, label: `${t.toName ?? ''}（${dayTime(t.sentAt)}）`, note: t.stateName }))
    .reverse();
});

const supervisionsOf = (isMeant: (kind: string) => boolean) =>
  async function load({ disputeId }: { readonly disputeId?: string }) {
    if (disputeId === undefined) return [];
    const path = { disputeId };
    const { items } = await call(api.GET('/api/disputes/{disputeId}/supervisions', { params: { path } }));
    return items
      .filter((s) => isMeant(s.kind))
      .map((s) => ({
        value: s.id,
        label: `${s.kindName}${s.addresseeName}（${dayTime(s.issuedAt)}）`,
        note: s.stateName,
      }));
  };
registerReference(
  ['urgingId'],
  supervisionsOf((kind) => kind === 'urging'),
);
registerReference(
  ['oversightId'],
  supervisionsOf((kind) => kind !== 'urging'),
);

registerReference(['replacedAssignmentId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes/{id}/assignments', { params: { path: { id: disputeId } } }));
  return items
    .flatMap(({ id, name, capacityName, state, endedAt }) =>
      state === 'replaced' && endedAt !== null
        ? [{ value: id, label: `${name}（${capacityName}）`, note: dayTime(endedAt) }]
        : [],
    )
    .reverse();
});

registerReference(['summonsId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const path = { disputeId };
  const { items } = await call(api.GET('/api/disputes/{disputeId}/summons', { params: { path } }));
  return items
    .flatMap(({ id, number, stateName }) => (number === null ? [] : [{ value: id, label: number, note: stateName }]))
    .reverse();
});

registerReference(['sessionId'], async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const { items } = await call(api.GET('/api/disputes/{id}/sessions', { params: { path: { id: disputeId } } }));
  return items.map((s) => ({ value: s.id, label: `第${s.ordinal}次（${dayTime(s.startsAt)}）`, note: s.stateName }));
});

registerActForm('attachments.upload', () => import('./evidence/UploadForm.vue'));
registerActForm('participants.record-consent', () => import('./people/ParticipantConsentForm.vue'));
registerActForm('papers.issue', () => import('./papers/IssueForm.vue'));

registerGraveAct('disputes.not-accept', '不予受理会同时生成告知单，反映人可以据此另寻途径；理由会写进告知单。');
registerGraveAct('disputes.merge', '并案后本事项不再单独办理，两份回执都有效。需要时可以撤销并案。');
registerGraveAct('disputes.seal', '封存后只有名单内的人员和承办人员能看到，列表、检索中不再显示名称。');
registerGraveAct('disputes.close', '办结后不能再改动当事人和协议；重启要另立新卷，本次办结不再计入统计。');
registerGraveAct('mediation.terminate', '终止后本轮调解结束，须已告知各方其他途径。');
registerGraveAct('mediation.withdraw', '撤回后本轮调解结束；当事人以后可以重新申请。');
registerGraveAct('mediation.give-up-contact', '认定无法联系后本轮调解结束，并告知已到场的当事人其他途径。');
registerGraveAct('parties.exclude', '该当事人不再参加，协议不得涉及其权利份额；以后可以恢复。');
registerGraveAct('parties.withdraw', '该当事人退出调解，其此前的意愿和签收保留在案。');
registerGraveAct('parties.succeed', '登记后该当事人不再参加，由继受人参加，不能恢复。');
registerGraveAct('parties.end-representative', '终止后该代理人不能再代为到场、签收或签署。');
registerGraveAct('assignments.replace', '原调解员随即看不到本事项；其已作的记录保留原名。');
registerGraveAct('assignments.end', '结束后该人员随即看不到本事项。');
registerGraveAct('attachments.withdraw', '撤下后不再显示在材料目录和卷宗中，原件和撤下理由留存。');
registerGraveAct('papers.void', '作废后原文件保留，核验时显示“已作废”，并生成带水印的副本。');
registerGraveAct('participants.withdraw', '撤回后该参与人不能再到场。');
registerGraveAct('notes.narrow', '可见范围只能缩小，以后不能再放宽。');
