import { type FieldError } from '../../../kernel';
import type { SlotCapacity } from './dictionaries';

export interface PlanParty {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'organization';
  readonly signatories: {
    readonly self: boolean;
    readonly representativeIds: readonly string[];
    readonly lacking: string | null;
  };
  readonly representatives: readonly { readonly id: string; readonly name: string }[];
}

export interface PlanOfficer {
  readonly accountId: string;
  readonly name: string;
  readonly capacity: string;
}

/** One place in the plan of signatures. */
export interface PlannedSlot {
  readonly slot: string;
  readonly capacity: SlotCapacity;
  readonly partyId: string | null;
  readonly representativeId: string | null;
  readonly accountId: string | null;
  readonly committeeId: string | null;
  readonly signsFor: string;
  readonly signerName: string;
  readonly needsCorporateSeal: boolean;
}

/** Who was chosen to sign for a party, where it does not go without saying. */
export interface SignatoryChoice {
  readonly partyId: string;
  readonly representativeId: string;
}

export interface SignaturePlan {
  readonly slots: readonly PlannedSlot[];
  readonly faults: readonly FieldError[];
}

/**
 * Every place that must be filled before the agreement takes effect (人民调解法第二十九条): each party, or who may sign for it;
 * each mediator; the recorder; the committee's seal. An organisation signs by its attending representative and adds its seal.
 */
export function planSignatures(
  parties: readonly PlanParty[],
  officers: readonly PlanOfficer[],
  committee: { readonly id: string; readonly name: string },
  choices: readonly SignatoryChoice[],
): SignaturePlan {
  const faults: FieldError[] = [];
  const slots: PlannedSlot[] = [];
  choices.forEach(({ partyId }, i) => {
    if (!parties.some((p) => p.id === partyId)) {
      faults.push({
        pointer: `/signatories/${i}/partyId`,
        code: 'agreements.not-a-party',
        detail: '该人不是本协议的当事人，请重新选择。',
      });
    }
  });
  parties.forEach((party, i) => {
    const at = choices.findIndex((c) => c.partyId === party.id);
    const chosen = choices[at]?.representativeId;
    const { self, representativeIds, lacking } = party.signatories;
    if (lacking !== null) {
      faults.push({ pointer: '/parties', code: 'agreements.nobody-may-sign', detail: `${party.name}：${lacking}` });
      return;
    }
    if (chosen !== undefined && !representativeIds.includes(chosen)) {
      faults.push({
        pointer: `/signatories/${at}/representativeId`,
        code: 'agreements.may-not-sign',
        detail: `所选的人没有代${party.name}签署的权限，请核对代理权限和期限。`,
      });
      return;
    }
    const representativeId = chosen ?? (self ? null : (representativeIds[0] ?? null));
    const representative = party.representatives.find((r) => r.id === representativeId);
    slots.push({
      slot: `party-${i + 1}`,
      capacity: representative ? 'representative' : 'party',
      partyId: party.id,
      representativeId: representative?.id ?? null,
      accountId: null,
      committeeId: null,
      signsFor: party.name,
      signerName: representative?.name ?? party.name,
      needsCorporateSeal: party.kind === 'organization',
    });
  });
  const mediators = officers.filter((o) => o.capacity === 'host' || o.capacity === 'co-mediator');
  const recorder = officers.find((o) => o.capacity === 'recorder');
  if (mediators.length === 0) {
    faults.push({
      pointer: '/mediators',
      code: 'agreements.no-mediator',
      detail: '没有在任的调解员。请先指派调解员。',
    });
  }
  if (!recorder) {
    faults.push({
      pointer: '/recorder',
      code: 'agreements.no-recorder',
      detail: '没有记录人。请先指派记录人，再定稿。',
    });
  }
  const officer = (slot: string, capacity: 'mediator' | 'recorder', o: PlanOfficer): PlannedSlot => ({
    slot,
    capacity,
    partyId: null,
    representativeId: null,
    accountId: o.accountId,
    committeeId: null,
    signsFor: o.name,
    signerName: o.name,
    needsCorporateSeal: false,
  });
  slots.push(...mediators.map((m, i) => officer(`mediator-${i + 1}`, 'mediator', m)));
  if (recorder) slots.push(officer('recorder', 'recorder', recorder));
  slots.push({
    slot: 'committee-seal',
    capacity: 'committee-seal',
    partyId: null,
    representativeId: null,
    accountId: null,
    committeeId: committee.id,
    signsFor: committee.name,
    signerName: committee.name,
    needsCorporateSeal: false,
  });
  return { slots, faults };
}

/** Which marks still lack at a place. */
export function missingMarks(
  slot: { readonly needsCorporateSeal: boolean },
  kinds: readonly string[],
): ('signature' | 'corporate-seal')[] {
  const needed = slot.needsCorporateSeal ? (['signature', 'corporate-seal'] as const) : (['signature'] as const);
  return needed.filter((kind) => !kinds.includes(kind));
}

/** Who must sign before this place may be signed; undefined when it is its turn, or no order was agreed. */
export function signsBefore<P extends { readonly turn: number | null; readonly state: string }>(
  place: Pick<P, 'turn'>,
  places: readonly P[],
): P | undefined {
  const { turn } = place;
  if (turn === null) return undefined;
  return places
    .filter((p) => p.turn !== null && p.turn < turn && p.state === 'open')
    .sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0))[0];
}

/** A place as the plan of signatures shows it. */
export interface StandingSlot {
  readonly capacity: SlotCapacity;
  readonly state: string;
  readonly accountId: string | null;
  readonly missing: readonly string[];
  /** Somebody else signs first, by the order that was agreed. */
  readonly mustWait: boolean;
}

const PLACE_ACTS = ['sign-on-tablet', 'record-ink', 'issue-link', 'refuse'] as const;
type PlaceAct = (typeof PLACE_ACTS)[number];

/**
 * What this account can do at one place, of what it can do with the agreement now: mediators and the recorder sign on the
 * screen under their own account only and need no link; the committee's place is filled by sealing.
 */
export function actsAtPlace(
  slot: StandingSlot,
  allowed: (act: PlaceAct | 'seal') => boolean,
  accountId: string | null,
): (PlaceAct | 'seal')[] {
  if (slot.state !== 'open') return [];
  if (slot.capacity === 'committee-seal') return allowed('seal') ? ['seal'] : [];
  const isOfficer = slot.accountId !== null;
  const lacksSignature = slot.missing.includes('signature');
  return PLACE_ACTS.filter((act) => {
    if (!allowed(act)) return false;
    if (act === 'sign-on-tablet')
      return lacksSignature && !slot.mustWait && (!isOfficer || slot.accountId === accountId);
    return act !== 'issue-link' || (lacksSignature && !isOfficer);
  });
}
