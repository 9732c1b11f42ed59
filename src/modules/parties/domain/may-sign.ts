import { type LegalDate, fullYearsBetween } from '../../../kernel';
import type { Capacity, PartyKind, RepresentativeKind, Scope } from './dictionaries';

/** What the question "who may sign for this party" needs to know of it. */
export interface SigningParty {
  readonly kind: PartyKind;
  readonly isActive: boolean;
  readonly birthOn: string | null;
  readonly capacity: Capacity;
}

export interface SigningRepresentative {
  readonly id: string;
  readonly kind: RepresentativeKind;
  readonly scope: readonly Scope[];
  /** Civil days; the power holds from the first to the last, both included. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endedOn: string | null;
}

export interface Signatories {
  /** The party signs in its own name. */
  readonly self: boolean;
  /** Representatives who may sign in its place. */
  readonly representativeIds: readonly string[];
  /** Why nobody may sign, in Chinese with the next step; null when somebody may. */
  readonly lacking: string | null;
}

export type CapacityAt = 'full' | 'limited' | 'none';

/**
 * Capacity for civil acts on a day. 民法典 arts 17–20: under 8 none, 8 to 17 limited, from 16 full when self-supporting
 * (art 18); an adult who cannot judge own acts as recorded on proof (arts 21–22). Without a birthday: full.
 */
export function capacityOn(party: Pick<SigningParty, 'birthOn' | 'capacity'>, on: LegalDate): CapacityAt {
  if (party.capacity === 'none' || party.capacity === 'limited') return party.capacity;
  const age = ageOfParty(party, on);
  if (age === null || age >= 18) return 'full';
  if (age >= 16 && party.capacity === 'self-supporting') return 'full';
  return age < 8 ? 'none' : 'limited';
}

/** Completed years on a day, or null without a birthday. */
export function ageOfParty({ birthOn }: { readonly birthOn: string | null }, on: LegalDate): number | null {
  return birthOn === null ? null : fullYearsBetween(birthOn as LegalDate, on);
}

/** Under eighteen on the day (未成年人保护法第二条). */
export function isMinorOn(party: { readonly birthOn: string | null }, on: LegalDate): boolean {
  const age = ageOfParty(party, on);
  return age !== null && age < 18;
}

/** The power holds on the day and was not ended. */
export function isInForce(
  representative: Pick<SigningRepresentative, 'validFrom' | 'validTo' | 'endedOn'>,
  on: LegalDate,
): boolean {
  const { validFrom, validTo, endedOn } = representative;
  return validFrom <= on && (validTo === null || on <= validTo) && (endedOn === null || on < endedOn);
}

/**
 * Who may sign for a party on a day. A ward signs through the statutory representative (民法典第二十三条); an
 * organisation through its legal representative (第六十一条) or its agent; an agent or elected representative only with
 * an express power to sign and to give way, since an agreement is always both (第一百六十五条).
 */
export function maySign(
  party: SigningParty,
  representatives: readonly SigningRepresentative[],
  on: LegalDate,
): Signatories {
  if (!party.isActive) return { self: false, representativeIds: [], lacking: '该当事人已退出本次调解，不再签署。' };
  const capacity = party.kind === 'person' ? capacityOn(party, on) : 'full';
  const isWard = capacity !== 'full';
  const able = representatives.filter((r) => isInForce(r, on) && mayRepresentativeSign(r, isWard));
  const self = party.kind === 'person' && !isWard;
  if (self || able.length > 0) return { self, representativeIds: able.map((r) => r.id), lacking: null };
  return { self, representativeIds: [], lacking: isWard ? WARD_LACKS : ORGANIZATION_LACKS };
}

/** Whether this representative may sign, as far as kind and scope go. */
export function mayRepresentativeSign(
  { kind, scope }: Pick<SigningRepresentative, 'kind' | 'scope'>,
  isWard: boolean,
): boolean {
  if (kind === 'statutory' || kind === 'legal-representative') return true;
  // A ward's agent would be given power by one who has none to give; the guardian gives it in the ward's name.
  return !isWard && scope.includes('sign') && scope.includes('waive');
}

const WARD_LACKS = '当事人为未成年人或无完全民事行为能力人，须由法定代理人签署。请先登记监护人及监护关系证明。';
const ORGANIZATION_LACKS =
  '单位没有可以签署的人。请先登记法定代表人（负责人），或有签署和让步权限的委托代理人及授权委托书。';
