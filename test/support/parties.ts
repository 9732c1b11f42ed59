import { anAcceptedMatter } from './matters';
import type { Caller, TestApp } from './test-app';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented resident id with the right check character. `order` is odd for men; `birth` is `YYYYMMDD`. */
export function residentIdOf(birth: string, order: number, region = '150102'): string {
  const seventeen = `${region}${birth}${String(order).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0);
  return `${seventeen}${'10X98765432'.charAt(sum % 11)}`;
}

const sibling = (ordinal: number, name: string, birth: string, order: number) => ({
  kind: 'person',
  name,
  residentId: residentIdOf(birth, order),
  phone: `1390471000${ordinal}`,
  address: `新城区光明社区${ordinal}号楼`,
});

/** Six heirs, none against another. */
export const SIX_SIBLINGS = [
  sibling(1, '李建国', '19570312', 101),
  sibling(2, '李建军', '19591105', 103),
  sibling(3, '李建华', '19620620', 105),
  sibling(4, '李建英', '19650118', 102),
  sibling(5, '李建梅', '19680902', 104),
  sibling(6, '李建平', '19711224', 106),
] as const;

/** A party as lists show it, as far as tests look at it. */
export interface ListedParty {
  readonly id: string;
  readonly ordinal: number;
  readonly name: string;
  readonly side: string | null;
  readonly state: string;
  readonly consent: string;
  readonly version: number;
  readonly isMinor: boolean;
  readonly allowedActs: readonly string[];
  readonly representatives: readonly { readonly id: string; readonly name: string; readonly maySign: boolean }[];
}

/** The parties of a matter in their order. */
export async function partiesOf(caller: Caller, disputeId: string): Promise<ListedParty[]> {
  const reply = await caller.get(`/disputes/${disputeId}/parties`);
  if (reply.status !== 200) throw new Error(`Parties cannot be read: ${reply.text}`);
  return (reply.body as { items: ListedParty[] }).items;
}

/** A consent given at the counter, at the time of the fake clock. */
export function aConsent(t: TestApp, fields: object = {}): object {
  return { answer: 'agreed', channel: 'in-person', askedAt: t.clock.at().toISOString(), ...fields };
}

/** A notice of rights signed at the counter, at the time of the fake clock. */
export function aSignedNotice(t: TestApp, fields: object = {}): object {
  return { method: 'on-site', signedAt: t.clock.at().toISOString(), ...fields };
}

/** Two adults who stand against each other. */
export const TWO_PARTIES: readonly object[] = [
  { kind: 'person', side: 'applicant', name: '赵一鸣', residentId: residentIdOf('19800101', 11), phone: '13904710001' },
  {
    kind: 'person',
    side: 'respondent',
    name: '钱二妹',
    residentId: residentIdOf('19850505', 22),
    phone: '13904710002',
  },
];

/** An accepted matter whose parties have all agreed and signed for the notice: the mediation is accepted (已受理). */
export async function aMatterReadyToMediate(
  t: TestApp,
  fields: object = {},
  triage: object = {},
): Promise<{ disputeId: string; partyIds: string[] }> {
  const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES, ...fields }, triage);
  const intake = await t.as('intake');
  const parties = await partiesOf(intake, disputeId);
  for (const { id } of parties) {
    for (const reply of [
      await intake.post(`/parties/${id}/consents`, aConsent(t)),
      await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t)),
    ]) {
      if (reply.status !== 201) throw new Error(`Consent or notice failed: ${reply.text}`);
    }
  }
  return { disputeId, partyIds: parties.map((p) => p.id) };
}
