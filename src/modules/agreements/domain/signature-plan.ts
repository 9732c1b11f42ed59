import { type FieldError } from '../../../kernel';
import type { AttendeeCapacity, SlotCapacity } from './dictionaries';

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

/** Somebody who signs for having witnessed or interpreted. */
export interface Attendee {
  readonly capacity: AttendeeCapacity;
  readonly name: string;
  /** Of an interpreter: into which language, and for which parties. */
  readonly language?: string;
  readonly partyIds?: readonly string[];
}

/** What was chosen when the text was fixed. */
export interface PlanChoices {
  readonly signatories: readonly SignatoryChoice[];
  readonly attendees: readonly Attendee[];
}

/** One place in the plan of signatures. */
export interface PlannedSlot {
  readonly slot: string;
  readonly capacity: SlotCapacity;
  readonly partyId: string | null;
  readonly representativeId: string | null;
  readonly accountId: string | null;
  readonly committeeId: string | null;
  readonly language: string | null;
  readonly interpretsFor: readonly string[];
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

const NOBODY = {
  partyId: null,
  representativeId: null,
  accountId: null,
  committeeId: null,
  language: null,
  interpretsFor: [],
  needsCorporateSeal: false,
} as const;

/**
 * Every place that must be filled before the agreement takes effect (人民调解法第二十九条): each party, or who may sign for it;
 * each mediator; the recorder; the committee's seal. An organisation signs by its attending representative and adds its seal.
 *
 * The law asks for no witness or interpreter. Those planned are printed on the paper, so that the seal waits for them as for
 * everybody else: a paper with an empty place would say that somebody was there who did not sign. Whoever cannot be had is left
 * out by fixing the text anew. The effect thus never comes at an instant at which the law would not have it: it is the seal's.
 */
export function planSignatures(
  parties: readonly PlanParty[],
  officers: readonly PlanOfficer[],
  committee: { readonly id: string; readonly name: string },
  { signatories: choices, attendees }: PlanChoices,
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
      ...NOBODY,
      partyId: party.id,
      representativeId: representative?.id ?? null,
      signsFor: party.name,
      signerName: representative?.name ?? party.name,
      needsCorporateSeal: party.kind === 'organization',
    });
  });
  const signing = [...slots.flatMap((s) => [s.signsFor, s.signerName]), ...officers.map((o) => o.name)];
  faults.push(...faultsOfAttendees(attendees, parties, signing));
  for (const capacity of ['interpreter', 'witness'] as const) {
    const present = attendees.filter((a) => a.capacity === capacity);
    slots.push(
      ...present.map(({ name, language, partyIds }, i) => ({
        ...NOBODY,
        slot: `${capacity}-${i + 1}`,
        capacity,
        ...(capacity === 'interpreter' ? { language: language ?? null, interpretsFor: [...(partyIds ?? [])] } : {}),
        signsFor: name,
        signerName: name,
      })),
    );
  }
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
    ...NOBODY,
    slot,
    capacity,
    accountId: o.accountId,
    signsFor: o.name,
    signerName: o.name,
  });
  slots.push(...mediators.map((m, i) => officer(`mediator-${i + 1}`, 'mediator', m)));
  if (recorder) slots.push(officer('recorder', 'recorder', recorder));
  slots.push({
    ...NOBODY,
    slot: 'committee-seal',
    capacity: 'committee-seal',
    committeeId: committee.id,
    signsFor: committee.name,
    signerName: committee.name,
  });
  return { slots, faults };
}

/** Witnesses and interpreters stand beside those who sign for themselves, and are named once. */
function faultsOfAttendees(
  attendees: readonly Attendee[],
  parties: readonly PlanParty[],
  signing: readonly string[],
): FieldError[] {
  const faults: FieldError[] = [];
  attendees.forEach(({ capacity, name, language, partyIds = [] }, i) => {
    const add = (field: string, code: string, detail: string): void => {
      faults.push({ pointer: `/attendees/${i}/${field}`, code: `agreements.${code}`, detail });
    };
    if (signing.includes(name)) {
      add('name', 'attendee-signs-already', `${name}已作为当事人一方或者工作人员签署。同名的，请在姓名后注明单位。`);
    }
    if (attendees.findIndex((a) => a.name === name) < i) add('name', 'attendee-twice', `${name}已经列入，请勿重复。`);
    if (capacity === 'witness') return;
    if (language === undefined) add('language', 'language-missing', `请填写${name}翻译的语言。`);
    if (partyIds.length === 0) add('partyIds', 'interprets-for-nobody', `请选择${name}为哪些当事人翻译。`);
    if (partyIds.some((id) => !parties.some((p) => p.id === id))) {
      add('partyIds', 'not-a-party', '该人不是本协议的当事人，请重新选择。');
    }
  });
  return faults;
}

/** What somebody attests who signs for having witnessed or interpreted; null for everybody else. */
export function attests(
  { capacity, language, interpretsFor }: Pick<PlannedSlot, 'capacity' | 'language' | 'interpretsFor'>,
  nameOf: (partyId: string) => string,
): string | null {
  if (capacity === 'witness') return '您作为见证人签署，表明您在场见证各方自愿达成本协议。';
  if (capacity !== 'interpreter') return null;
  return `您作为翻译人员签署，表明您已用${language ?? ''}向${interpretsFor.map(nameOf).join('、')}逐条翻译本协议书全文。`;
}

/** Parties who need an interpreter and have none in the plan: told, and left to the mediator. */
export function withoutInterpreter<P extends { readonly id: string; readonly neededLanguage: string | null }>(
  parties: readonly P[],
  places: readonly Pick<PlannedSlot, 'interpretsFor'>[],
): P[] {
  return parties.filter((p) => p.neededLanguage !== null && !places.some((s) => s.interpretsFor.includes(p.id)));
}

/** Interpreters and witnesses of a plan, as they would be chosen again among the parties of now. */
export function attendeesOf(
  places: readonly Pick<PlannedSlot, 'capacity' | 'signerName' | 'language' | 'interpretsFor'>[],
  isParty: (id: string) => boolean,
): Attendee[] {
  return places.flatMap(({ capacity, signerName: name, language, interpretsFor }): Attendee[] => {
    if (capacity === 'witness') return [{ capacity, name }];
    const partyIds = interpretsFor.filter(isParty);
    if (capacity !== 'interpreter' || language === null || partyIds.length === 0) return [];
    return [{ capacity, name, language, partyIds }];
  });
}

/** Where the parties sign in an order, interpreters and witnesses come after them: they sign what they heard and saw. */
export function turnOf(
  { partyId, capacity }: Pick<PlannedSlot, 'partyId' | 'capacity'>,
  order: readonly string[],
): number | null {
  if (order.length === 0) return null;
  if (partyId !== null) return order.indexOf(partyId) + 1;
  return capacity === 'interpreter' || capacity === 'witness' ? order.length + 1 : null;
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
