import { type PhoneNumber, type ResidentId, maskPhone, maskResidentId } from '../../../kernel';
import type { DocumentKind, OrganizationKind } from './dictionaries';

/** A stored phone number (already normalised) with its middle hidden. */
export function maskPhoneText(phone: string): string {
  return maskPhone(phone as PhoneNumber);
}

/** A document's number with what identifies hidden; short numbers of unknown form keep only their last two characters. */
export function maskDocumentNumber(kind: DocumentKind, number: string): string {
  if (kind === 'resident-id') return maskResidentId(number as ResidentId);
  const shown = number.length >= 8 ? 4 : 2;
  return `${'*'.repeat(Math.max(4, number.length - shown))}${number.slice(-shown)}`;
}

/**
 * A credit code. That of a company stands in a public register; that of an individual business is a natural person's
 * number and is masked like one.
 */
export function maskCreditCode(kind: OrganizationKind | null, code: string): string {
  return kind === 'individual-business' ? `${code.slice(0, 6)}********${code.slice(14)}` : code;
}

/** Road or estate stays, house and door numbers go: `新城区海拉尔东路**号`. */
export function maskAddress(address: string): string {
  return address
    .replace(/[0-9０-９一二三四五六七八九十百]+(?=\s*(?:号|栋|幢|座|单元|层|楼|室|户|门|组|[-－—#]|$))/gu, '**')
    .replace(/[0-9０-９]+/gu, '**');
}

/** A minor's name outside the people who need it: `李某某` (未成年人保护法第一百零三条). */
export function maskMinorName(name: string): string {
  const [first = ''] = Array.from(name);
  return `${first}某某`;
}
