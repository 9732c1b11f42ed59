import { foldWidth } from './character-width';
import { fullYearsBetween, type LegalDate, parseLegalDate } from './legal-date';
import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/**
 * 公民身份号码 (GB 11643-1999): 6 digits of region, 8 of birth, 3 of order, 1 check character; upper-case `X`.
 * Residence permits of 港澳台 residents (regions 810000, 820000, 830000) follow the same rule.
 */
export type ResidentId = Branded<string, 'ResidentId'>;

export type Sex = 'male' | 'female';

export type ResidentIdKind = 'mainland' | 'hong-kong' | 'macao' | 'taiwan';

export type ResidentIdRefusal =
  | 'resident-id.missing'
  | 'resident-id.old-fifteen-digits'
  | 'resident-id.length'
  | 'resident-id.characters'
  | 'resident-id.permit-region'
  | 'resident-id.birth-date'
  | 'resident-id.birth-in-future'
  | 'resident-id.check-character';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
/** Check characters by Σ mod 11 (ISO 7064 MOD 11-2). */
const checkCharacters = '10X98765432';

const permitKinds: Readonly<Record<string, ResidentIdKind>> = {
  '810000': 'hong-kong',
  '820000': 'macao',
  '830000': 'taiwan',
};

/**
 * Reads a number as typed: full-width digits, a small `x` and spaces are put right.
 * The region is not looked up: numbers keep codes of regions that were abolished long ago.
 *
 * @param onDay the last day on which the holder may have been born, normally today
 */
export function parseResidentId(text: string, onDay: LegalDate): ParseResult<ResidentId, ResidentIdRefusal> {
  const id = foldWidth(text).replace(/\s/g, '').toUpperCase();
  if (id === '') return refused('resident-id.missing', '请填写公民身份号码。');
  if (/^\d{15}$/.test(id)) {
    return refused('resident-id.old-fifteen-digits', '15位旧号码已停止使用，请按现行身份证或户口簿填写18位号码。');
  }
  if (id.length !== 18) {
    return refused('resident-id.length', `公民身份号码应为18位，现为${Array.from(id).length}位，请对照证件核对。`);
  }
  if (!/^[1-9]\d{16}[\dX]$/.test(id)) {
    return refused('resident-id.characters', '公民身份号码前17位应为数字，末位为数字或X，请对照证件核对。');
  }
  if (/^8[123]/.test(id) && !(id.slice(0, 6) in permitKinds)) {
    return refused('resident-id.permit-region', '港澳台居民居住证号码应以810000、820000或830000开头，请对照证件核对。');
  }
  const birth = parseLegalDate(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`);
  if (!birth.ok) return refused('resident-id.birth-date', '号码第7至14位不是有效的出生日期，请对照证件核对。');
  if (birth.value > onDay) {
    return refused('resident-id.birth-in-future', '号码中的出生日期晚于办理日期，请对照证件核对。');
  }
  if (checkCharacterOf(id.slice(0, 17)) !== id.slice(17)) {
    return refused('resident-id.check-character', '公民身份号码校验不符，可能有一位写错或两位写反，请对照证件核对。');
  }
  return parsed(id as ResidentId);
}

export function sexOf(id: ResidentId): Sex {
  return Number(id.slice(16, 17)) % 2 === 1 ? 'male' : 'female';
}

/** Date only: summer time of 1986–91 must not move a birthday. */
export function birthOn(id: ResidentId): LegalDate {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}` as LegalDate;
}

/** Completed years on `day`; an age is reached on the birthday. Negative before birth. */
export function ageOn(id: ResidentId, day: LegalDate): number {
  return fullYearsBetween(birthOn(id), day);
}

export function residentIdKind(id: ResidentId): ResidentIdKind {
  return permitKinds[id.slice(0, 6)] ?? 'mainland';
}

/** `150102********1234`: the region and the last four characters; the birthday stays hidden. */
export function maskResidentId(id: ResidentId): string {
  return `${id.slice(0, 6)}********${id.slice(14)}`;
}

function checkCharacterOf(seventeen: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0);
  return checkCharacters.charAt(sum % 11);
}
