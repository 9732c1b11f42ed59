import { foldWidth } from '../../../kernel';

export type PersonalNumberKind = 'resident-id' | 'mobile' | 'bank-card';

/**
 * Finds numbers of persons in a text that agencies will read: by form alone, so that a mistyped one is found too.
 * Spaces and hyphens within a number do not hide it. Case numbers, dates and switchboards pass.
 */
export function findPersonalNumber(text: string): PersonalNumberKind | null {
  const runs = foldWidth(text)
    .replace(/(?<=\d)[ \u00A0-](?=[\dXx])/g, '')
    .match(/\d+[Xx]?/g);
  for (const run of runs ?? []) {
    if (/^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(run)) return 'resident-id';
    if (/^(?:86)?1[3-9]\d{9}$/.test(run)) return 'mobile';
    if (/^\d{16,19}$/.test(run) && passesLuhn(run)) return 'bank-card';
  }
  return null;
}

/** Check digit of bank cards, ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
