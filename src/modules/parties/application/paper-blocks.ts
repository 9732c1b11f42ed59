import { present } from '../../documents';
import type { RepresentativeKind } from '../domain/dictionaries';
import type { PaperParty } from './parties';

export const REPRESENTS_AS: Readonly<Record<RepresentativeKind, string>> = {
  statutory: '法定代理人',
  entrusted: '委托代理人',
  elected: '推选的代表人',
  'legal-representative': '法定代表人（负责人）',
};

/** The lines of one party as the standard forms ask for them; what is not known is left out. */
export function partyBlockOf(party: PaperParty): Record<string, unknown> {
  const { organization, representatives } = party;
  return present({
    kind: party.kind === 'person' ? 'person' : 'organisation',
    name: party.name,
    sex: party.sex,
    ethnicity: party.ethnicity,
    age: party.age,
    idNumber: party.residentId ?? party.documentNumber,
    occupation: party.occupation,
    phone: party.phone,
    address: party.address,
    creditCode: organization?.creditCode,
    legalRepresentative:
      organization === null
        ? null
        : (organization.legalRepresentative ??
          organization.operatorName ??
          representatives.find((r) => r.kind === 'legal-representative')?.name),
  });
}

/** Who stands for a party, but for the head of an organisation, who has a line of their own. */
export function representativesOf(party: PaperParty): Record<string, unknown>[] {
  return party.representatives
    .filter(({ kind }) => kind !== 'legal-representative')
    .map(({ name, kind, phone }) => present({ name, capacity: REPRESENTS_AS[kind], phone }));
}

/** `男，46岁，13800000000`; for an organisation its kind, its head and its phone. */
export function contactOf({ sex, age, phone, organization }: PaperParty): string | null {
  const head = organization?.operatorName ?? organization?.legalRepresentative ?? null;
  const parts =
    organization === null ? [sex, age === null ? null : `${age}岁`, phone] : [organization.kindName, head, phone];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join('，');
}
