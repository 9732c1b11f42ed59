import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/crypto';
import type { DocumentKind } from '../domain/dictionaries';
import type { CheckedIdentity } from '../domain/particulars';
import { phoneEnd } from '../domain/phone-end';

type Owner = 'party' | 'representative' | 'represented_person';

/** Cipher and blind index of one number, or nulls. */
interface SealedNumber {
  readonly cipher: string | null;
  readonly index: string | null;
}

/** Closes and opens the numbers that identify people. The place of a field is bound into its cipher. */
@Injectable()
export class SealedFields {
  constructor(private readonly keys: KeyRing) {}

  phone(owner: Owner, rowId: string, phone: string | null): SealedNumber {
    return this.seal(`${owner}.phone:${rowId}`, phone, () => this.phoneIndex(phone ?? ''));
  }

  phoneIndex(phone: string): string {
    return this.keys.blindIndex('phone', phone);
  }

  document(owner: Owner, rowId: string, kind: DocumentKind | null, number: string | null): SealedNumber {
    return this.seal(`${owner}.document_number:${rowId}`, number, () => this.documentIndex(kind, number ?? ''));
  }

  creditCode(rowId: string, code: string | null): SealedNumber {
    return this.seal(`party.credit_code:${rowId}`, code, () => this.keys.blindIndex('credit-code', code ?? ''));
  }

  /** Columns of phone and document for a row that has both. */
  identityColumns(owner: Owner, rowId: string, { phone, documentKind, documentNumber }: CheckedIdentity) {
    const sealedPhone = this.phone(owner, rowId, phone);
    const sealedDocument = this.document(owner, rowId, documentKind, documentNumber);
    return {
      phoneCipher: sealedPhone.cipher,
      phoneIndex: sealedPhone.index,
      phoneEndIndex: phone === null ? null : this.phoneEndIndex(phoneEnd(phone)),
      documentKind,
      documentNumberCipher: sealedDocument.cipher,
      documentNumberIndex: sealedDocument.index,
    };
  }

  /** Index of the last four digits: enough to look up by, too little to tell whose they are without the rows. */
  phoneEndIndex(end: string): string {
    return this.keys.blindIndex('phone-end', end);
  }

  documentIndex(kind: DocumentKind | null, number: string): string {
    return kind === 'resident-id'
      ? this.keys.blindIndex('resident-id', number)
      : this.keys.blindIndex('document-number', `${kind ?? ''}:${number}`);
  }

  open(
    owner: Owner,
    column: 'phone' | 'document_number' | 'credit_code',
    rowId: string,
    cipher: string | null,
  ): string | null {
    return cipher === null ? null : this.keys.decrypt(cipher, `${owner}.${column}:${rowId}`);
  }

  /** Values before a change, kept for the history. */
  sealHistory(changeId: string, before: Readonly<Record<string, unknown>>): string {
    return this.keys.encrypt(JSON.stringify(before), `party_change.before:${changeId}`);
  }

  openHistory(changeId: string, cipher: string): Readonly<Record<string, unknown>> {
    return JSON.parse(this.keys.decrypt(cipher, `party_change.before:${changeId}`)) as Record<string, unknown>;
  }

  private seal(place: string, plain: string | null, index: () => string): SealedNumber {
    return plain === null ? { cipher: null, index: null } : { cipher: this.keys.encrypt(plain, place), index: index() };
  }
}
