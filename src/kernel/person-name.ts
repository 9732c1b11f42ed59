import { foldWidth } from './character-width';
import { parsed, refused, type ParseResult } from './parse-result';
import { describeTextDefect, findTextDefect } from './text-guard';

/** A person's or organisation's name, exactly as typed, with what is needed to find it and to distrust it. */
export interface PersonName {
  /** Exactly as typed: the name on the paper is the name on the certificate. */
  readonly raw: string;
  /** For search and comparison only, never shown. See {@link nameSearchKey}. */
  readonly searchKey: string;
  readonly flags: readonly NameFlag[];
}

/**
 * Things a person should look at before the name goes on paper:
 * - `bidi-control`: reorders what is seen; no name contains it
 * - `zero-width`: invisible, makes two equal-looking names differ
 * - `look-alike-dot`: the separator is not U+00B7, the only one allowed by 民委发〔2016〕33号
 * - `private-use`: an ID reader's own character, which other machines draw differently or not at all
 * - `variation-selector`: a chosen glyph variant, which the font may lack
 */
export type NameFlag = 'bidi-control' | 'zero-width' | 'look-alike-dot' | 'private-use' | 'variation-selector';

export type PersonNameRefusal = 'name.missing' | 'name.too-long' | 'name.control' | 'name.no-letter';

/** Code points. 民委发〔2016〕33号 asks for room for at least 50; foreign and organisation names run longer. */
export const NAME_MAX_LENGTH = 100;

/** U+00B7, the one separator in names of ethnic minorities. */
const MIDDLE_DOT = '\u00B7';

/** Drawn like U+00B7: ano teleia, bullet, hyphenation point, bullet operators, raised dot, katakana dots, full stop, circle. */
const lookAlikeDots = /[\u0387\u2022\u2027\u2219\u22C5\u25CF\u2E31\u30FB\uFF0E\uFF65]/g;

/** An ASCII full stop between ideographs is a middle dot too; in `J. Smith` it is not. */
const fullStopBetweenHan = /(?<=[\p{Script=Han}\p{Co}])\.(?=[\p{Script=Han}\p{Co}])/gu;

const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The joiners are not decoration in Mongolian, hence stripped from the key but kept in `raw`. */
const zeroWidth = /\u00AD|\u034F|[\u200B-\u200D]|[\u2060-\u2064]|\uFEFF/gu;

/** Free variation selectors and the vowel separator belong to Mongolian spelling and are no cause for suspicion. */
const mongolianSelectors = /[\u180B-\u180F]/gu;

const variationSelectors = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** Everything that cannot be a letter, in negative form: characters newer than the runtime's Unicode tables are letters. */
const noLetters = /^[\p{P}\p{S}\p{Z}\p{C}\p{M}\p{N}]*$/u;
const privateUseOrUnassigned = /[\p{Co}\p{Cn}]/u;

export function parsePersonName(raw: string): ParseResult<PersonName, PersonNameRefusal> {
  const defect = findTextDefect(raw, 'one-line');
  if (defect) return refused('name.control', `姓名${describeTextDefect(defect)}`);
  const searchKey = nameSearchKey(raw);
  if (searchKey === '') return refused('name.missing', '请填写姓名。');
  const length = Array.from(raw).length;
  if (length > NAME_MAX_LENGTH) {
    return refused('name.too-long', `姓名最长${NAME_MAX_LENGTH}个字，现为${length}个字，请核对是否误填了其他内容。`);
  }
  if (noLetters.test(searchKey) && !privateUseOrUnassigned.test(searchKey)) {
    return refused(
      'name.no-letter',
      '姓名不能只有数字或符号，请填写证件上的姓名；身份不明的写“无名氏”并在备注中说明。',
    );
  }
  return parsed({ raw, searchKey, flags: nameFlags(raw) });
}

/**
 * The form in which names are compared: separators become U+00B7, full-width ASCII becomes ASCII, white space and
 * invisible characters go, Latin letters are composed and lower-case. Ideographs stay as they are: no NFC or NFKC,
 * which would replace compatibility ideographs. Applying it twice changes nothing.
 */
export function nameSearchKey(text: string): string {
  const visible = text
    .replace(bidiControls, '')
    .replace(zeroWidth, '')
    .replace(mongolianSelectors, '')
    .replace(variationSelectors, '');
  return foldWidth(visible.replace(lookAlikeDots, MIDDLE_DOT))
    .replace(/\s/g, '')
    .replace(fullStopBetweenHan, MIDDLE_DOT)
    .replace(/\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu, (word) =>
      word.normalize('NFC').toLowerCase().normalize('NFC'),
    );
}

function nameFlags(raw: string): NameFlag[] {
  const flags: NameFlag[] = [];
  if (raw.search(bidiControls) >= 0) flags.push('bidi-control');
  if (raw.search(zeroWidth) >= 0) flags.push('zero-width');
  if (raw.search(lookAlikeDots) >= 0 || raw.search(fullStopBetweenHan) >= 0) flags.push('look-alike-dot');
  if (/\p{Co}/u.test(raw)) flags.push('private-use');
  if (raw.search(variationSelectors) >= 0) flags.push('variation-selector');
  return flags;
}
