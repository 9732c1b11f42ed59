import type { LegalDate } from '../../../kernel';
import type { RepresentativeKind, Scope, Side } from './dictionaries';
import { ageOfParty, capacityOn, isInForce, type SigningParty } from './may-sign';

/** 信访工作条例第二十条: several people elect at most five. */
export const ELECTED_MAX = 5;

/** A person in the matter, for telling whether two are one. */
export interface Known {
  readonly nameKey: string;
  readonly documentNumberIndex: string | null;
}

export interface PrincipalParty extends Known, SigningParty {
  readonly id: string;
  readonly side: Side | null;
}

export interface ExistingRepresentative extends Known {
  readonly partyId: string;
  readonly kind: RepresentativeKind;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endedOn: string | null;
}

export interface ProposedRepresentative extends Known {
  readonly kind: RepresentativeKind;
  readonly scope: readonly Scope[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly hasAuthority: boolean;
  readonly wardView: string | null;
  readonly isDoubleAgreed: boolean;
}

export interface Objection {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

type Likeness = 'same' | 'different' | 'unknown';

/** Documents tell; without two documents, equal names leave it open. */
export function likeness(a: Known, b: Known): Likeness {
  if (a.documentNumberIndex !== null && b.documentNumberIndex !== null) {
    return a.documentNumberIndex === b.documentNumberIndex ? 'same' : 'different';
  }
  return a.nameKey === b.nameKey ? 'unknown' : 'different';
}

/** Whether interests stand against each other: only a common side says that they do not. Six heirs all stand apart. */
export function areOpposed(a: { readonly side: Side | null }, b: { readonly side: Side | null }): boolean {
  return a.side === null || a.side !== b.side;
}

/**
 * Why the proposed representative cannot be entered for the party, or null.
 * `others` are the other active parties, `existing` all representatives of the matter.
 */
export function objectionTo(
  proposed: ProposedRepresentative,
  party: PrincipalParty,
  others: readonly PrincipalParty[],
  existing: readonly ExistingRepresentative[],
  on: LegalDate,
): Objection | null {
  const { kind } = proposed;
  if (proposed.validTo !== null && proposed.validTo < proposed.validFrom) {
    return { field: 'validTo', code: 'parties.period-reversed', message: '代理期限的止期早于起期，请核对。' };
  }
  if (kind === 'entrusted' && proposed.validTo === null) {
    return {
      field: 'validTo',
      code: 'parties.proxy-without-period',
      message: '授权委托书应写明代理期限（民法典第一百六十五条），请填写止期。',
    };
  }
  if (kind !== 'legal-representative' && !proposed.hasAuthority) {
    return {
      field: 'authorityNote',
      code: 'parties.authority-missing',
      message: '请上传授权委托书、监护关系证明或推选记录，或者写明其存放处。',
    };
  }
  if (kind === 'legal-representative' && party.kind !== 'organization') {
    return {
      field: 'kind',
      code: 'parties.not-an-organization',
      message: '自然人没有法定代表人。未成年人请登记法定代理人。',
    };
  }
  return (
    (kind === 'statutory' ? guardianObjection(proposed, party, others, on) : null) ??
    (kind === 'elected' ? electedObjection(existing, on) : null) ??
    (kind === 'entrusted' ? proxyObjection(proposed, party, others, existing, on) : null)
  );
}

/** 民法典第三十五条: a guardian acts for the ward's good; one who stands against the ward cannot. */
function guardianObjection(
  proposed: ProposedRepresentative,
  party: PrincipalParty,
  others: readonly PrincipalParty[],
  on: LegalDate,
): Objection | null {
  if (party.kind !== 'person' || capacityOn(party, on) === 'full') {
    return {
      field: 'kind',
      code: 'parties.no-ward',
      message: '该当事人具有完全民事行为能力，不需要法定代理人。请登记委托代理人，或先更正出生日期、行为能力。',
    };
  }
  for (const other of others) {
    if (!areOpposed(party, other)) continue;
    const like = likeness(proposed, other);
    if (like === 'same') {
      return {
        field: 'name',
        code: 'parties.guardian-opposes',
        message:
          '该监护人本人就是本案的另一方当事人，与被监护人利益相对，不能代理。请改由其他监护人，或请居（村）民委员会、民政部门依法指定。',
      };
    }
    if (like === 'unknown') {
      return {
        field: 'documentNumber',
        code: 'parties.guardian-namesake',
        message: '监护人与本案另一方当事人同名。请填写双方的证件号码，以确认不是同一人。',
      };
    }
  }
  const age = ageOfParty(party, on);
  if ((age === null || age >= 8) && proposed.wardView === null) {
    return {
      field: 'wardView',
      code: 'parties.ward-view-missing',
      message: '被代理人年满八周岁，请听取并记录其本人的意见（民法典第三十五条第二款）。',
    };
  }
  return null;
}

function electedObjection(existing: readonly ExistingRepresentative[], on: LegalDate): Objection | null {
  const elected = existing.filter((r) => r.kind === 'elected' && (r.endedOn === null || r.endedOn > on));
  if (elected.length < ELECTED_MAX) return null;
  return {
    field: 'kind',
    code: 'parties.too-many-elected',
    message: `推选的代表人不超过${ELECTED_MAX}名（信访工作条例第二十条）。请先终止其中一名的代表资格。`,
  };
}

/** 民法典第一百六十八条: no acting for both, nor with oneself, unless the principals agree. */
function proxyObjection(
  proposed: ProposedRepresentative,
  party: PrincipalParty,
  others: readonly PrincipalParty[],
  existing: readonly ExistingRepresentative[],
  on: LegalDate,
): Objection | null {
  const opposed = others.filter((other) => areOpposed(party, other));
  const ofOpposed = new Set(opposed.map((p) => p.id));
  const agents = existing.filter(
    (r) =>
      r.kind === 'entrusted' &&
      ofOpposed.has(r.partyId) &&
      (isInForce(r, on) || r.validFrom > on) &&
      r.endedOn === null,
  );
  const likes = [...opposed, ...agents].map((known) => likeness(proposed, known));
  if (proposed.isDoubleAgreed) return null;
  if (likes.includes('same')) {
    return {
      field: 'isDoubleAgreed',
      code: 'parties.acts-for-both',
      message:
        '该代理人是另一方当事人或其代理人。双方代理须经被代理的双方同意（民法典第一百六十八条），请先取得同意并注明。',
    };
  }
  if (likes.includes('unknown')) {
    return {
      field: 'documentNumber',
      code: 'parties.agent-namesake',
      message:
        '代理人与另一方当事人或其代理人同名。请填写双方的证件号码，以确认不是同一人；确为同一人的，须经双方同意。',
    };
  }
  return null;
}
