import { api, call, useSession } from '@/api';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}

interface ReferenceContext {
  readonly disputeId?: string;
  /** Parameters of the act's path, e.g. the center whose posting is entered. */
  readonly params?: Readonly<Record<string, string>>;
}

type Loader = (context: ReferenceContext) => Promise<readonly Choice[]>;

const loaders = new Map<string, Loader>();

/** Tells how the choices of a field that names another thing (`partyId`, `agencyIds` …) are read. */
export function registerReference(fields: readonly string[], loader: Loader): void {
  for (const field of fields) loaders.set(field, loader);
}

export function referenceOf(field: string): Loader | undefined {
  return loaders.get(field);
}

const PARTY_FIELDS = [
  'partyId',
  'partyIds',
  'providedByPartyId',
  'chosenByPartyIds',
  'agreedPartyIds',
  'consentedPartyIds',
  'obligorId',
  'obligeeId',
];

registerReference(PARTY_FIELDS, async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const list = await call(api.GET('/api/disputes/{disputeId}/parties', { params: { path: { disputeId } } }));
  return list.items.map((party) => ({ value: party.id, label: party.name }));
});

registerReference(['committeeId'], async () =>
  (await call(api.GET('/api/committees'))).map(({ id, name }) => ({ value: id, label: name })),
);

registerReference(['agencyId', 'replacementAgencyId'], async () =>
  (await call(api.GET('/api/agencies'))).map(({ id, name }) => ({ value: id, label: name })),
);

registerReference(['centerId', 'toCenterId', 'parentCenterId'], async () =>
  (await call(api.GET('/api/centers'))).map(({ id, name }) => ({ value: id, label: name })),
);

registerReference(['unitId', 'placeUnitId', 'handlingUnitId', 'toUnitId', 'parentId'], async () =>
  (await call(api.GET('/api/org-units'))).map(({ id, name }) => ({ value: id, label: name })),
);

const FILE_FIELDS = ['attachmentId', 'attachmentIds', 'authorityAttachmentId', 'scanAttachmentId'];

registerReference(FILE_FIELDS, async ({ disputeId }) => {
  if (disputeId === undefined) return [];
  const list = await call(api.GET('/api/disputes/{disputeId}/attachments', { params: { path: { disputeId } } }));
  return list.items.map(({ id, fileName }) => ({ value: id, label: fileName }));
});

/** Those of the house whom a matter may name. */
const STAFF_FIELDS = ['accountIds', 'addAccountIds', 'removeAccountIds', 'handlerAccountId', 'colleagueId'];

registerReference(STAFF_FIELDS, async (context) => colleagues(await centersOf(context), 'staff'));

/** Outside of a matter an account is named for an office: by whoever keeps the organizations. */
registerReference(['accountId'], async (context) => {
  if (context.disputeId === undefined) return colleagues(await centersOf(context), 'newcomers');
  const path = { id: context.disputeId };
  const found = await call(api.GET('/api/disputes/{id}/mediator-candidates', { params: { path } }));
  return found.map((c) => ({
    value: c.accountId,
    label: c.name,
    note: [
      ...(c.isSpecialist ? ['擅长此类'] : []),
      ...(c.isNear ? ['就近'] : []),
      `在办 ${c.openAssignments} 件`,
      ...c.conflicts.map((conflict) => conflict.message),
    ].join('，'),
  }));
});

async function colleagues(centerIds: readonly string[], among: 'staff' | 'newcomers'): Promise<readonly Choice[]> {
  const lists = await Promise.all(
    centerIds.map((id) =>
      call(api.GET('/api/centers/{id}/colleagues', { params: { path: { id }, query: { among } } })),
    ),
  );
  const byId = new Map(lists.flat().map((one) => [one.id, one]));
  return [...byId.values()].map(({ id, name, offices }) => ({
    value: id,
    label: name,
    note: offices.map((office) => `${office.of} ${office.roleName}`).join('；') || '尚未任职',
  }));
}

/** The centers that the form speaks of: those of the matter, that of the organization in the path, or one's own. */
async function centersOf({ disputeId, params }: ReferenceContext): Promise<readonly string[]> {
  if (disputeId !== undefined) {
    const { centerId, handlingCenterId } = await call(
      api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }),
    );
    return handlingCenterId === null ? [centerId] : [...new Set([centerId, handlingCenterId])];
  }
  const id = params?.['id'];
  const [centers, committees, agencies] = await Promise.all([
    call(api.GET('/api/centers')),
    call(api.GET('/api/committees')),
    call(api.GET('/api/agencies')),
  ]);
  if (centers.some((center) => center.id === id)) return id === undefined ? [] : [id];
  const organization = [...committees, ...agencies].find((one) => one.id === id);
  if (organization !== undefined) return [organization.centerId];
  const own = useSession().self?.grants.find((g) => g.scopeKind === 'center')?.scopeId;
  return own === undefined || own === null ? [] : [own];
}
