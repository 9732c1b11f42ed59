import { Injectable } from '@nestjs/common';
import { type LegalDate, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import {
  CONSENTS,
  DOCUMENT_KINDS,
  type DocumentKind,
  ETHNICITIES,
  ORGANIZATION_KINDS,
  type OrganizationKind,
  type PartyKind,
  type RepresentativeKind,
  SEXES,
  SIDES,
  type Scope,
  type Side,
} from '../domain/dictionaries';
import { type Signatories, type SigningParty, ageOfParty, isInForce, isMinorOn, maySign } from '../domain/may-sign';
import { maskDocumentNumber, maskMinorName, maskPhoneText } from '../domain/masking';
import { PARTY_STATES, type PartyState } from '../domain/party-lifecycle';
import type { Party, Representative } from '../persistence/party.entity';
import { loadParties, loadRepresentatives } from '../persistence/party-rows';
import { SealedFields } from './sealed-fields';

export interface RepresentativeSnapshot {
  readonly id: string;
  readonly partyId: string;
  readonly kind: RepresentativeKind;
  readonly name: string;
  readonly relation: string | null;
  readonly scope: readonly Scope[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endedOn: string | null;
  readonly phoneMasked: string | null;
  /** May sign the agreement in the party's place on the day of the transaction. */
  readonly maySign: boolean;
}

export interface PartySnapshot {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: PartyKind;
  readonly name: string;
  /** As screens show it: of a minor only the surname (未成年人保护法第一百零三条). */
  readonly shownName: string;
  readonly side: Side | null;
  readonly state: PartyState;
  /** Takes part: neither excluded, withdrawn nor dead. */
  readonly isActive: boolean;
  /** Under eighteen on the day of the transaction; false without a known birthday. */
  readonly isMinor: boolean;
  readonly phoneMasked: string | null;
  readonly residentIdMasked: string | null;
  /** In which language this person needs an interpreter; null where none is needed. */
  readonly neededLanguage: string | null;
  readonly consent: 'pending' | 'agreed' | 'refused';
  /** Who may sign on the day of the transaction. */
  readonly signatories: Signatories;
  /** In force on the day of the transaction. */
  readonly representatives: readonly RepresentativeSnapshot[];
}

export interface PartyConsentStanding {
  readonly partyId: string;
  readonly sideName: string | null;
  readonly stateName: string;
  readonly consentName: string;
  readonly consentAt: Date | null;
  readonly noticeSignedAt: Date | null;
}

export interface PaperRepresentative {
  readonly id: string;
  readonly kind: RepresentativeKind;
  readonly name: string;
  readonly relation: string | null;
  readonly employer: string | null;
  readonly phone: string | null;
  readonly documentKindName: string | null;
  readonly documentNumber: string | null;
  readonly scope: readonly Scope[];
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Where the proof of the authority is kept. */
  readonly authorityNote: string | null;
  readonly maySign: boolean;
}

/** One party in full, as papers print it. Whoever asks for it audits the reading under its own act. */
export interface PaperParty {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: PartyKind;
  readonly side: Side | null;
  readonly name: string;
  /** 男 or 女; null for organisations and where unknown. */
  readonly sex: string | null;
  /** With 族; never assumed. */
  readonly ethnicity: string | null;
  readonly birthOn: string | null;
  /** Completed years on the day of the transaction. */
  readonly age: number | null;
  readonly isMinor: boolean;
  /** 公民身份号码, when that is the person's document. */
  readonly residentId: string | null;
  readonly documentKind: DocumentKind | null;
  readonly documentKindName: string | null;
  readonly documentNumber: string | null;
  readonly occupation: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly organization: {
    readonly kind: OrganizationKind | null;
    readonly kindName: string | null;
    readonly creditCode: string | null;
    readonly legalRepresentative: string | null;
    readonly operatorName: string | null;
    readonly parentOrganization: string | null;
  } | null;
  readonly signatories: Signatories;
  readonly representatives: readonly PaperRepresentative[];
}

/** What other modules may ask of the parties of a matter: two statements, however many parties there are. */
@Injectable()
export class Parties {
  constructor(private readonly sealed: SealedFields) {}

  /** All parties in their order, those who no longer take part included; numbers masked. */
  async list(tx: Tx, disputeId: string): Promise<PartySnapshot[]> {
    const on = legalDateFromInstant(tx.now);
    const { parties, of } = await this.load(tx, disputeId);
    return parties.map((party) => this.snapshot(party, of(party.id), on));
  }

  /** Where each party’s consent and notice of rights stand, in words. */
  async consents(tx: Tx, disputeId: string): Promise<PartyConsentStanding[]> {
    return (await loadParties(tx, disputeId)).map((party) => ({
      partyId: party.id,
      sideName: party.side === null ? null : SIDES[party.side],
      stateName: PARTY_STATES[party.state],
      consentName: CONSENTS[party.consent],
      consentAt: party.consentAt,
      noticeSignedAt: party.noticeSignedAt,
    }));
  }

  /** The parties who take part, or those named, whatever became of them since, in full, for a paper. */
  async forPaper(tx: Tx, disputeId: string, partyIds?: readonly string[]): Promise<PaperParty[]> {
    const on = legalDateFromInstant(tx.now);
    const { parties, of } = await this.load(tx, disputeId);
    return parties
      .filter((party) => (partyIds === undefined ? takesPart(party) : partyIds.includes(party.id)))
      .map((party) => this.paper(party, of(party.id), on));
  }

  private async load(tx: Tx, disputeId: string) {
    const parties = await loadParties(tx, disputeId);
    const representatives = await loadRepresentatives(tx, disputeId);
    return { parties, of: (partyId: string) => representatives.filter((r) => r.partyId === partyId) };
  }

  private snapshot(party: Party, representatives: readonly Representative[], on: LegalDate): PartySnapshot {
    const signatories = maySign(signing(party), representatives, on);
    const phone = this.phoneOf(party);
    const residentId = this.residentIdOf(party);
    return {
      id: party.id,
      ordinal: party.ordinal,
      kind: party.kind,
      name: party.name,
      shownName: isMinorOn(party, on) ? maskMinorName(party.name) : party.name,
      side: party.side,
      state: party.state,
      isActive: takesPart(party),
      isMinor: isMinorOn(party, on),
      phoneMasked: phone === null ? null : maskPhoneText(phone),
      residentIdMasked: residentId === null ? null : maskDocumentNumber('resident-id', residentId),
      neededLanguage: party.neededLanguage,
      consent: party.consent,
      signatories,
      representatives: representatives
        .filter((r) => isInForce(r, on))
        .map((r) => {
          const own = this.representativePhone(r);
          return {
            id: r.id,
            partyId: r.partyId,
            kind: r.kind,
            name: r.name,
            relation: r.relation,
            scope: r.scope,
            validFrom: r.validFrom,
            validTo: r.validTo,
            endedOn: r.endedOn,
            phoneMasked: own === null ? null : maskPhoneText(own),
            maySign: signatories.representativeIds.includes(r.id),
          };
        }),
    };
  }

  private paper(party: Party, representatives: readonly Representative[], on: LegalDate): PaperParty {
    const signatories = maySign(signing(party), representatives, on);
    return {
      id: party.id,
      ordinal: party.ordinal,
      kind: party.kind,
      side: party.side,
      name: party.name,
      sex: party.sex === null ? null : SEXES[party.sex],
      ethnicity: party.ethnicity === null ? null : ETHNICITIES[party.ethnicity],
      birthOn: party.birthOn,
      age: ageOfParty(party, on),
      isMinor: isMinorOn(party, on),
      residentId: this.residentIdOf(party),
      documentKind: party.documentKind,
      documentKindName: party.documentKind === null ? null : DOCUMENT_KINDS[party.documentKind],
      documentNumber: this.sealed.open('party', 'document_number', party.id, party.documentNumberCipher),
      occupation: party.occupation,
      phone: this.phoneOf(party),
      address: party.address,
      organization:
        party.kind === 'person'
          ? null
          : {
              kind: party.organizationKind,
              kindName: party.organizationKind === null ? null : ORGANIZATION_KINDS[party.organizationKind],
              creditCode: this.sealed.open('party', 'credit_code', party.id, party.creditCodeCipher),
              legalRepresentative: party.legalRepresentative,
              operatorName: party.operatorName,
              parentOrganization: party.parentOrganization,
            },
      signatories,
      representatives: representatives
        .filter((r) => isInForce(r, on))
        .map((r) => ({
          id: r.id,
          kind: r.kind,
          name: r.name,
          relation: r.relation,
          employer: r.employer,
          phone: this.representativePhone(r),
          documentKindName: r.documentKind === null ? null : DOCUMENT_KINDS[r.documentKind],
          documentNumber: this.sealed.open('representative', 'document_number', r.id, r.documentNumberCipher),
          scope: r.scope,
          validFrom: r.validFrom,
          validTo: r.validTo,
          authorityNote: r.authorityNote,
          maySign: signatories.representativeIds.includes(r.id),
        })),
    };
  }

  private phoneOf(party: Party): string | null {
    return this.sealed.open('party', 'phone', party.id, party.phoneCipher);
  }

  private residentIdOf(party: Party): string | null {
    return party.documentKind === 'resident-id'
      ? this.sealed.open('party', 'document_number', party.id, party.documentNumberCipher)
      : null;
  }

  private representativePhone(representative: Representative): string | null {
    return this.sealed.open('representative', 'phone', representative.id, representative.phoneCipher);
  }
}

/** Takes part: neither excluded, withdrawn nor dead. */
export function takesPart(party: Pick<Party, 'state'>): boolean {
  return party.state === 'active';
}

function signing(party: Party): SigningParty {
  return { kind: party.kind, isActive: takesPart(party), birthOn: party.birthOn, capacity: party.capacity };
}
