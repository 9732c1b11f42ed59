import { foldWidth } from './character-width';
import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/**
 * What is numbered: 人民调解 cases per committee and year (`新城人调字〔2026〕12号`),
 * registered matters per centre and year (`新城综治登字〔2026〕12号`).
 */
export type NumberSeries = 'mediation' | 'registration';

/** `plain`: N号, as GB/T 9704 numbers official papers. `ordinal`: 第N号, as the ministry's dossier cover prints it. */
export type NumberStyle = 'plain' | 'ordinal';

export interface CaseNumber {
  readonly series: NumberSeries;
  /** 代字 of the committee or centre. */
  readonly prefix: string;
  /** Year of acceptance or registration, kept even when the case is closed next year. */
  readonly year: number;
  /** From 1, never reused. */
  readonly sequence: number;
}

export type CaseNumberText = Branded<string, 'CaseNumberText'>;

export type CaseNumberRefusal = 'case-number.missing' | 'case-number.format' | 'case-number.prefix';

const seriesWords: Readonly<Record<NumberSeries, string>> = { mediation: '人调字', registration: '综治登字' };

/** 1 to 10 ideographs or Latin capitals. */
const prefixForm = /^[\p{Script=Han}A-Z]{1,10}$/u;

/** 代字 as the committee fixes it in its settings. It must not itself contain a series word: the number would be ambiguous. */
export function parseNumberPrefix(text: string): ParseResult<string, CaseNumberRefusal> {
  const prefix = foldWidth(text).replace(/\s/g, '');
  return prefixForm.test(prefix) && !/[字第号]/.test(prefix)
    ? parsed(prefix)
    : refused('case-number.prefix', '机构代字应为1至10个汉字或大写字母，不含“字”“第”“号”，如“新城”。');
}

/** `新城人调字〔2026〕12号`, hexagonal brackets U+3014/3015, no zero padding. @throws RangeError on a number that cannot exist. */
export function formatCaseNumber(number: CaseNumber, style: NumberStyle = 'plain'): CaseNumberText {
  const { series, prefix, year, sequence } = number;
  const isPossible =
    parseNumberPrefix(prefix).ok &&
    isYear(year) &&
    Number.isInteger(sequence) &&
    sequence >= 1 &&
    sequence <= MAX_SEQUENCE;
  if (!isPossible) throw new RangeError(`Not a case number: ${JSON.stringify(number)}`);
  const ordinal = style === 'ordinal' ? '第' : '';
  return `${prefix}${seriesWords[series]}〔${year}〕${ordinal}${sequence}号` as CaseNumberText;
}

/** Reads a number as people type it: any kind of bracket, full-width digits, leading zeros, with or without 第 and spaces. */
export function parseCaseNumber(text: string): ParseResult<CaseNumber, CaseNumberRefusal> {
  const typed = foldWidth(text).replace(/\s/g, '');
  if (typed === '') return refused('case-number.missing', '请填写编号。');
  const match = /^([^〔[(【〈<]{1,10}?)(人调字|综治登字)[〔[(【〈<](\d{4})[〕\])】〉>]第?0{0,9}([1-9]\d{0,6})号$/u.exec(
    typed,
  );
  const [prefix, word, year, sequence] = [match?.[1] ?? '', match?.[2], Number(match?.[3]), Number(match?.[4])];
  if (!match || !isYear(year) || !parseNumberPrefix(prefix).ok) {
    return refused('case-number.format', '编号请按“代字人调字〔年份〕序号号”填写，如新城人调字〔2026〕12号。');
  }
  return parsed({ series: word === seriesWords.mediation ? 'mediation' : 'registration', prefix, year, sequence });
}

const MAX_SEQUENCE = 9_999_999;

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1949 && year <= 2999;
}
