import { Injectable } from '@nestjs/common';
import { DomainError, type FieldError, legalDateFromInstant } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type CheckedParticulars, Faults, type Particulars, checkParticulars } from '../domain/particulars';
import { Party, Representative } from '../persistence/party.entity';
import { takesPart } from './parties';
import { SealedFields } from './sealed-fields';

/** Turns particulars into rows. Whoever calls has locked the matter and asked the table. */
@Injectable()
export class PartyRegister {
  constructor(private readonly sealed: SealedFields) {}

  /** Checks particulars on the day of the transaction; 422 naming every field at fault. */
  check(
    tx: Tx,
    particulars: Particulars,
    pointer = '',
    names: Readonly<Record<string, string>> = {},
  ): CheckedParticulars {
    const faults = new Faults(pointer, names);
    const checked = checkParticulars(particulars, legalDateFromInstant(tx.now), faults);
    refuseFaults(faults.errors);
    return checked;
  }

  /** Enters one party at the end of the list. */
  async enter(
    tx: Tx,
    disputeId: string,
    checked: CheckedParticulars,
    present: readonly Party[],
    options: { pointer?: string; succeedsPartyId?: string } = {},
  ): Promise<Party> {
    const id = uuidv7();
    const columns = this.columns(id, checked);
    this.refuseTwice(columns, present, options.pointer ?? '', options.succeedsPartyId);
    const party = Object.assign(new Party(), {
      id,
      disputeId,
      ordinal: Math.max(0, ...present.map((p) => p.ordinal)) + 1,
      ...columns,
      state: 'active' as const,
      stateReason: null,
      stateChangedAt: null,
      diedOn: null,
      succeedsPartyId: options.succeedsPartyId ?? null,
      consent: 'pending' as const,
      consentAt: null,
      noticeSignedAt: null,
      createdBy: tx.actor.accountId,
      createdAt: tx.now,
      updatedAt: tx.now,
      version: 1,
    });
    await tx.insert(Party, party);
    await this.enterLegalRepresentative(tx, party);
    return party;
  }

  /** The columns that follow from particulars, numbers closed. */
  columns(id: string, checked: CheckedParticulars) {
    const code = this.sealed.creditCode(id, checked.creditCode);
    const {
      kind,
      name,
      nameKey,
      side,
      aliases,
      sex,
      birthOn,
      capacity,
      capacityProof,
      ethnicity,
      occupation,
      neededLanguage,
      address,
    } = checked;
    const { contactThrough, organizationKind, legalRepresentative, operatorName, parentOrganization } = checked;
    return {
      kind,
      name,
      nameKey,
      side,
      sex,
      birthOn,
      capacity,
      capacityProof,
      ethnicity,
      occupation,
      neededLanguage,
      address,
      contactThrough,
      organizationKind,
      legalRepresentative,
      operatorName,
      parentOrganization,
      aliases: [...aliases],
      ...this.sealed.identityColumns('party', id, checked),
      creditCodeCipher: code.cipher,
      creditCodeIndex: code.index,
    };
  }

  /** The same document or credit code cannot stand twice among those who take part. */
  refuseTwice(
    columns: Pick<Party, 'documentNumberIndex' | 'creditCodeIndex'>,
    present: readonly Party[],
    pointer: string,
    exceptId?: string,
  ): void {
    const others = present.filter((p) => p.id !== exceptId && takesPart(p));
    const field = (['documentNumberIndex', 'creditCodeIndex'] as const).find(
      (key) => columns[key] !== null && others.some((p) => p[key] === columns[key]),
    );
    if (field === undefined) return;
    const name = field === 'documentNumberIndex' ? 'documentNumber' : 'creditCode';
    throw new DomainError('rule', 'parties.already-a-party', '该证件号码已登记为本案当事人，请核对是否重复登记。', [
      { pointer: `${pointer}/${name}`, code: 'parties.already-a-party', detail: '与本案另一名当事人的号码相同' },
    ]);
  }

  /** An organisation speaks through its legal representative (民法典第六十一条), who needs no further paper to sign. */
  async enterLegalRepresentative(tx: Tx, party: Party): Promise<void> {
    const name = party.organizationKind === 'individual-business' ? party.operatorName : party.legalRepresentative;
    if (party.kind !== 'organization' || name === null) return;
    await tx.insert(Representative, {
      id: uuidv7(),
      disputeId: party.disputeId,
      partyId: party.id,
      kind: 'legal-representative',
      name,
      nameKey: this.check(tx, { kind: 'person', name }).nameKey,
      relation:
        party.organizationKind === 'individual-business'
          ? '经营者'
          : party.organizationKind === 'company'
            ? '法定代表人'
            : '负责人',
      scope: ['attend', 'receive', 'sign', 'waive', 'receive-money'],
      validFrom: legalDateFromInstant(tx.now),
      isDoubleAgreed: false,
      createdBy: tx.actor.accountId,
      createdAt: tx.now,
    });
  }
}

/** 422 with all faults; its code is that of the first. */
export function refuseFaults(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first)
    throw new DomainError(
      'rule',
      first.code,
      errors
        .map((e) => e.detail)
        .join(' ')
        .slice(0, 500),
      errors,
    );
}
