import {
  type FieldError,
  type LegalDate,
  type ParseResult,
  addYears,
  birthOn,
  foldWidth,
  fullYearsBetween,
  parsePersonName,
  parsePhone,
  parseResidentId,
  parseUnifiedSocialCreditCode,
  sexOf,
} from '../../../kernel';
import type { Capacity, DocumentKind, Ethnicity, OrganizationKind, PartyKind, Side } from './dictionaries';

/** What is said of a party, as typed. Everything but kind and name may be unknown at first. */
export interface Particulars {
  readonly kind: PartyKind;
  readonly name: string;
  readonly side?: Side;
  readonly aliases?: readonly string[];
  readonly sex?: 'male' | 'female';
  readonly birthOn?: string;
  readonly capacity?: Capacity;
  readonly capacityProof?: string;
  readonly ethnicity?: Ethnicity;
  readonly occupation?: string;
  readonly neededLanguage?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly contactThrough?: string;
  readonly documentKind?: DocumentKind;
  readonly documentNumber?: string;
  readonly organizationKind?: OrganizationKind;
  readonly creditCode?: string;
  readonly legalRepresentative?: string;
  readonly operatorName?: string;
  readonly parentOrganization?: string;
}

/** The same, checked and normalised; null where nothing was said. */
export interface CheckedParticulars {
  readonly kind: PartyKind;
  readonly name: string;
  readonly nameKey: string;
  readonly side: Side | null;
  readonly aliases: readonly string[];
  readonly sex: 'male' | 'female' | null;
  readonly birthOn: string | null;
  readonly capacity: Capacity;
  readonly capacityProof: string | null;
  readonly ethnicity: Ethnicity | null;
  readonly occupation: string | null;
  readonly neededLanguage: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly contactThrough: string | null;
  readonly documentKind: DocumentKind | null;
  readonly documentNumber: string | null;
  readonly organizationKind: OrganizationKind | null;
  readonly creditCode: string | null;
  readonly legalRepresentative: string | null;
  readonly operatorName: string | null;
  readonly parentOrganization: string | null;
}

export interface CheckedIdentity {
  readonly name: string;
  readonly nameKey: string;
  readonly phone: string | null;
  readonly documentKind: DocumentKind | null;
  readonly documentNumber: string | null;
}

const OF_PERSONS = [
  'sex',
  'birthOn',
  'ethnicity',
  'occupation',
  'neededLanguage',
  'documentKind',
  'documentNumber',
  'capacity',
  'capacityProof',
] as const;
const OF_ORGANIZATIONS = [
  'organizationKind',
  'creditCode',
  'legalRepresentative',
  'operatorName',
  'parentOrganization',
] as const;
const OLDEST_YEARS = 130;

/** Collects what is at fault, field by field, so that one look puts everything right. */
export class Faults {
  readonly errors: FieldError[] = [];

  /** `names` renames fields where a request calls them otherwise. */
  constructor(
    private readonly pointer: string,
    private readonly names: Readonly<Record<string, string>> = {},
  ) {}

  add(field: string, code: string, detail: string): void {
    this.errors.push({ pointer: `${this.pointer}/${this.names[field] ?? field}`, code, detail });
  }

  /** The value, or null with the refusal noted at the field. */
  take<T>(field: string, result: ParseResult<T>): T | null {
    if (result.ok) return result.value;
    this.add(field, result.code, result.message);
    return null;
  }
}

/** Checks particulars on a civil day. Faults are noted with pointers; the result counts only when there are none. */
export function checkParticulars(given: Particulars, on: LegalDate, faults: Faults): CheckedParticulars {
  const foreign = given.kind === 'person' ? OF_ORGANIZATIONS : OF_PERSONS;
  for (const field of foreign) {
    if (given[field] !== undefined)
      faults.add(
        field,
        'parties.field-of-other-kind',
        `${given.kind === 'person' ? '自然人' : '单位'}没有这一项，请核对当事人类别。`,
      );
  }
  const identity = checkIdentity(given, on, faults);
  const fromId = given.kind === 'person' ? personOf(given, identity, on, faults) : { sex: null, birthOn: null };
  if (given.organizationKind === 'individual-business' && given.operatorName === undefined) {
    faults.add(
      'operatorName',
      'parties.operator-missing',
      '个体工商户请同时填写字号和经营者姓名（民事诉讼法解释第五十九条）。',
    );
  }
  if (given.organizationKind === 'branch' && given.parentOrganization === undefined) {
    faults.add('parentOrganization', 'parties.parent-missing', '分支机构请填写所属单位的名称。');
  }
  const creditCode =
    given.creditCode === undefined ? null : faults.take('creditCode', parseUnifiedSocialCreditCode(given.creditCode));
  for (const field of ['legalRepresentative', 'operatorName'] as const) {
    if (given[field] !== undefined) faults.take(field, parsePersonName(given[field]));
  }
  return {
    kind: given.kind,
    ...identity,
    side: given.side ?? null,
    aliases: given.aliases ?? [],
    ...fromId,
    capacity: given.capacity ?? 'by-age',
    capacityProof: given.capacityProof ?? null,
    ethnicity: given.ethnicity ?? null,
    occupation: given.occupation ?? null,
    neededLanguage: given.neededLanguage ?? null,
    address: given.address ?? null,
    contactThrough: given.contactThrough ?? null,
    organizationKind: given.organizationKind ?? null,
    creditCode,
    legalRepresentative: given.legalRepresentative ?? null,
    operatorName: given.operatorName ?? null,
    parentOrganization: given.parentOrganization ?? null,
  };
}

/** Name, phone and document: what parties, representatives and represented people have in common. */
export function checkIdentity(
  given: {
    readonly name: string;
    readonly phone?: string;
    readonly documentKind?: DocumentKind;
    readonly documentNumber?: string;
  },
  on: LegalDate,
  faults: Faults,
): CheckedIdentity {
  const name = faults.take('name', parsePersonName(given.name));
  if (name?.flags.includes('bidi-control') === true) {
    faults.add('name', 'parties.name-hidden-characters', '姓名中有改变显示顺序的不可见字符，请删除后重新输入。');
  }
  const phone = given.phone === undefined ? null : faults.take('phone', parsePhone(given.phone));
  const { documentKind, documentNumber } = given;
  if ((documentKind === undefined) !== (documentNumber === undefined)) {
    faults.add(
      documentKind === undefined ? 'documentKind' : 'documentNumber',
      'parties.document-incomplete',
      '证件类型和证件号码请一并填写。',
    );
  }
  const number =
    documentKind === undefined || documentNumber === undefined
      ? null
      : faults.take('documentNumber', normaliseDocumentNumber(documentKind, documentNumber, on));
  return {
    name: given.name,
    nameKey: name?.searchKey ?? '',
    phone,
    documentKind: number === null ? null : (documentKind ?? null),
    documentNumber: number,
  };
}

/** Only numbers by GB 11643 have a check character; of the others nothing is assumed but that they fit a line. */
export function normaliseDocumentNumber(kind: DocumentKind, text: string, on: LegalDate): ParseResult<string> {
  if (kind === 'resident-id') return parseResidentId(text, on);
  const number = foldWidth(text).replace(/\s/gu, '').toUpperCase();
  const length = Array.from(number).length;
  if (length >= 4 && length <= 40) return { ok: true, value: number };
  return { ok: false, code: 'parties.document-number-length', message: '证件号码应为4至40个字符，请对照证件核对。' };
}

function personOf(
  given: Particulars,
  { documentKind, documentNumber }: CheckedIdentity,
  on: LegalDate,
  faults: Faults,
) {
  const id = documentKind === 'resident-id' && documentNumber !== null ? parseResidentId(documentNumber, on) : null;
  const [idSex, idBirth] = id?.ok === true ? [sexOf(id.value), birthOn(id.value)] : [null, null];
  if (idSex !== null && given.sex !== undefined && given.sex !== idSex) {
    faults.add('sex', 'parties.sex-differs', '性别与公民身份号码不一致，请对照证件核对。');
  }
  if (idBirth !== null && given.birthOn !== undefined && given.birthOn !== idBirth) {
    faults.add('birthOn', 'parties.birth-differs', '出生日期与公民身份号码不一致，请对照证件核对。');
  }
  const born = idBirth ?? given.birthOn ?? null;
  if (born !== null && (born > on || addYears(born as LegalDate, OLDEST_YEARS) < on)) {
    faults.add('birthOn', 'parties.birth-impossible', '出生日期晚于今天或者过早，请对照证件核对。');
  }
  checkCapacity(given, born, on, faults);
  return { sex: idSex ?? given.sex ?? null, birthOn: born };
}

function checkCapacity(
  { capacity, capacityProof }: Particulars,
  born: string | null,
  on: LegalDate,
  faults: Faults,
): void {
  if (capacity === undefined || capacity === 'by-age') return;
  if (capacityProof === undefined) {
    faults.add(
      'capacityProof',
      'parties.capacity-proof-missing',
      '请写明认定行为能力的依据，例如收入证明、鉴定意见或者法院判决的文号。',
    );
  }
  if (capacity !== 'self-supporting') return;
  const age = born === null || born > on ? null : fullYearsBetween(born as LegalDate, on);
  if (age === null || age < 16 || age >= 18) {
    faults.add(
      'capacity',
      'parties.not-sixteen',
      '只有年满十六周岁、不满十八周岁，并以自己的劳动收入为主要生活来源的，才这样认定（民法典第十八条）。',
    );
  }
}
