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

registerReference(['agencyId', 'agencyIds', 'replacementAgencyId'], async () =>
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

/** Who may be named, by the field: the office they must hold. */
const PEOPLE: Readonly<Record<string, 'mediator' | 'recorder' | undefined>> = {
  mediatorIds: 'mediator',
  recorderId: 'recorder',
  investigatorIds: 'mediator',
  accountId: undefined,
  accountIds: undefined,
  addAccountIds: undefined,
  handlerAccountId: undefined,
  firstResponderId: undefined,
};

for (const [field, role] of Object.entries(PEOPLE)) {
  registerReference([field], async ({ disputeId }) => {
    const centerId =
      disputeId === undefined
        ? useSession().self?.grants.find((g) => g.scopeKind === 'center')?.scopeId
        : await centerOf(disputeId);
    if (centerId === undefined || centerId === null) return [];
    const found = await call(
      api.GET('/api/centers/{id}/colleagues', {
        params: { path: { id: centerId }, query: role === undefined ? {} : { role } },
      }),
    );
    return found.map(({ id, name, offices }) => ({
      value: id,
      label: name,
      note: offices.map((office) => `${office.of} ${office.roleName}`).join('；'),
    }));
  });
}

async function centerOf(disputeId: string): Promise<string> {
  return (await call(api.GET('/api/disputes/{id}', { params: { path: { id: disputeId } } }))).centerId;
}
