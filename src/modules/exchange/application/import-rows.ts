import {
  type LegalDate,
  type ParseResult,
  findTextDefect,
  describeTextDefect,
  foldWidth,
  parseLegalDate,
  parseMoney,
  parseResidentId,
  parseUnifiedSocialCreditCode,
  ruleViolation,
} from '../../../kernel';
import type { Cell, ReadRow } from '../../../platform/excel';
import type { ImportedMatter, IntakeParty } from '../../disputes';
import { faultsOfIntakeParty } from '../../parties';
import { EXAMPLE_MARK, IMPORT_KEYS, type ImportColumnKey, MOST_MATTERS, importColumn } from './import-columns';

/** A row of the upload as it was written, by column. Kept so that what was refused can be handed back. */
export type RawRow = Partial<Record<ImportColumnKey, string>>;

/** One thing that is wrong: in which column, what, and what to do. Never repeats what was written there. */
export interface RowFault {
  readonly column: string;
  readonly detail: string;
}

export interface NumberedRow {
  readonly number: number;
  readonly raw: RawRow;
  /** Found while the cells were read; the others follow from `checkRow`. */
  readonly faults: readonly RowFault[];
}

/** How far down the heading may stand: under a title of one's own. */
const HEADING_WITHIN = 10;
const MOST_PEOPLE = 25;

/** The matters among the rows of the first sheet; heading, hints and example are passed over. */
export function mattersOf(rows: readonly ReadRow[]): NumberedRow[] {
  const heading = rows.slice(0, HEADING_WITHIN).find((row) => placesOf(row).has('oldNumber'));
  if (heading === undefined) {
    throw ruleViolation(
      'exchange.no-heading',
      `第一张表里没有找到“${importColumn('oldNumber').header}”这一栏。请下载模板，把内容复制到模板里再上传。`,
      '/file',
    );
  }
  const places = placesOf(heading);
  const lacking = IMPORT_KEYS.filter((key) => importColumn(key).isNeeded === true && !places.has(key));
  if (lacking.length > 0) {
    throw ruleViolation(
      'exchange.columns-missing',
      `缺少这些栏：${lacking.map((key) => importColumn(key).header).join('、')}。请下载模板，把内容复制到模板里再上传。`,
      '/file',
    );
  }
  const matters = rows
    .filter((row) => row.number > heading.number)
    .map((row) => readRow(row, places))
    .filter(({ raw }) => !isOfTemplate(raw));
  if (matters.length === 0) {
    throw ruleViolation('exchange.no-rows', '标题下面没有内容。请从第四行起逐行填写后再上传。', '/file');
  }
  if (matters.length > MOST_MATTERS) {
    throw ruleViolation(
      'exchange.too-many-rows',
      `一次最多导入 ${MOST_MATTERS} 行，这个文件有 ${matters.length} 行。请分成几个文件上传。`,
      '/file',
    );
  }
  return matters;
}

function placesOf(row: ReadRow): Map<ImportColumnKey, number> {
  const places = new Map<ImportColumnKey, number>();
  for (const [column, { text }] of row.cells) {
    const heading = foldWidth(text).replace(/[\s*]/g, '');
    const key = IMPORT_KEYS.find((k) => foldWidth(importColumn(k).header) === heading);
    if (key !== undefined && !places.has(key)) places.set(key, column);
  }
  return places;
}

const isOfTemplate = ({ oldNumber = '' }: RawRow): boolean =>
  oldNumber.startsWith(EXAMPLE_MARK) || oldNumber === importColumn('oldNumber').hint;

function readRow(row: ReadRow, places: ReadonlyMap<ImportColumnKey, number>): NumberedRow {
  const raw: RawRow = {};
  const faults: RowFault[] = [];
  for (const [key, place] of places) {
    const cell = row.cells.get(place);
    if (cell === undefined) continue;
    const read = textOfCell(key, cell);
    if (read.ok) raw[key] = read.value;
    else faults.push({ column: importColumn(key).header, detail: read.message });
  }
  return { number: row.number, raw, faults };
}

const DAYS: readonly ImportColumnKey[] = ['registeredOn', 'closedOn'];
/** Days of Excel are counted from 1899-12-30. */
const FIRST_DAY_MS = Date.UTC(1899, 11, 30);

function textOfCell(key: ImportColumnKey, { text, kind }: Cell): ParseResult<string> {
  if (kind === 'error') return fault('这一格的公式算不出结果（显示为 # 开头的错误）。请改为直接填写内容。');
  if (kind === 'text') return { ok: true, value: text };
  const value = Number(text);
  if (DAYS.includes(key) && value >= 1 && value < 200_000) {
    return { ok: true, value: new Date(FIRST_DAY_MS + Math.floor(value) * 86_400_000).toISOString().slice(0, 10) };
  }
  if (Number.isInteger(value) && Math.abs(value) > 1e15) {
    return fault('号码被 Excel 当成了数字，末尾几位已经丢失。请把这一栏设为“文本”格式，重新填写完整号码。');
  }
  return { ok: true, value: String(value) };
}

const fault = (message: string): ParseResult<never> => ({ ok: false, code: 'import', message });

/** What the row says, or everything that is wrong with it. The result counts only when there are no faults. */
export function checkRow(
  { raw, faults: found }: NumberedRow,
  today: LegalDate,
): { readonly matter: ImportedMatter; readonly faults: readonly RowFault[] } {
  const faults = [...found];
  const note = (key: ImportColumnKey, detail: string): void => {
    const column = importColumn(key).header;
    if (!faults.some((f) => f.column === column)) faults.push({ column, detail });
  };
  for (const key of IMPORT_KEYS) checkText(key, raw[key], note);

  const registeredOn = dayIn('registeredOn', raw, today, note);
  const closedOn = dayIn('closedOn', raw, today, note);
  if (registeredOn !== null && closedOn !== null && closedOn < registeredOn)
    note('closedOn', '办结日期早于登记日期，请核对这两个日期。');
  const headcount = raw.headcount === undefined ? null : wholeOf(raw.headcount);
  if (raw.headcount !== undefined && headcount === null)
    note('headcount', '请填写整数，例如 3，不要写“人”以外的文字。');
  const amount = raw.amount === undefined ? null : parseMoney(raw.amount);
  if (amount !== null && !amount.ok) note('amount', amount.message);

  const matter: ImportedMatter = {
    oldNumber: raw.oldNumber ?? '',
    registeredOn: registeredOn ?? today,
    closedOn: closedOn ?? today,
    channel: (chosen('channel', raw) ?? 'visit') as ImportedMatter['channel'],
    disputeType: chosen('disputeType', raw) as ImportedMatter['disputeType'],
    title: raw.title ?? '',
    narrative: raw.narrative ?? '',
    place: raw.place ?? null,
    headcount,
    amountFen: amount?.ok === true ? amount.value : null,
    outcome: (chosen('outcome', raw) ?? 'solved') as ImportedMatter['outcome'],
    handlerName: raw.handler ?? null,
    organizationName: raw.organization ?? null,
    result: raw.result ?? null,
    remark: raw.remark ?? null,
    parties: [
      ...peopleIn('applicant', ['applicants', 'applicantNumbers', 'applicantPhones'], raw, today, note),
      ...peopleIn('respondent', ['respondents', 'respondentNumbers', 'respondentPhones'], raw, today, note),
    ],
  };
  const numbers = matter.parties.flatMap((p) => p.residentId ?? p.creditCode ?? []);
  if (new Set(numbers).size < numbers.length)
    note('applicantNumbers', '同一个证件号码在这一行里填了两次，请核对是不是同一人。');
  const order = IMPORT_KEYS.map((key) => importColumn(key).header);
  return { matter, faults: faults.sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column)) };
}

type Note = (key: ImportColumnKey, detail: string) => void;

function checkText(key: ImportColumnKey, text: string | undefined, note: Note): void {
  const { header, isNeeded = false, max, isMultiline = false, choices } = importColumn(key);
  if (text === undefined) {
    if (isNeeded) note(key, missing(key, header));
    return;
  }
  const defect = findTextDefect(text, isMultiline ? 'multi-line' : 'one-line');
  // Several people may stand on lines of their own.
  const isList = PEOPLE_COLUMNS.includes(key) && defect?.kind === 'line-break';
  if (defect !== null && !isList) note(key, describeTextDefect(defect));
  if (text.length > max) note(key, `不能超过 ${max} 字，现有 ${text.length} 字，请缩短。`);
  if (choices !== undefined && chosen(key, { [key]: text }) === null)
    note(key, `“${header}”要从列表中选，不能自己写。可选的值在模板的“可选值”表里。`);
}

function missing(key: ImportColumnKey, header: string): string {
  return key === 'closedOn'
    ? '没有办结日期。还在办理的事项请在“登记”里登记，从登记起按程序办理。'
    : `没有填写${header}。`;
}

const PEOPLE_COLUMNS: readonly ImportColumnKey[] = [
  'applicants',
  'applicantNumbers',
  'applicantPhones',
  'respondents',
  'respondentNumbers',
  'respondentPhones',
];

/** The key of a chosen name; the last part of a path is enough where it is unmistakable. */
function chosen(key: ImportColumnKey, raw: RawRow): string | null {
  const text = raw[key]?.replace(/\s/g, '');
  const { choices } = importColumn(key);
  if (text === undefined || choices === undefined) return null;
  const exact = choices.get(text.replace(/[-－–/／]/, '—'));
  if (exact !== undefined) return exact;
  const ends = [...choices].filter(([name]) => name.endsWith(`—${text}`));
  return ends.length === 1 ? (ends[0]?.[1] ?? null) : null;
}

function dayIn(key: 'registeredOn' | 'closedOn', raw: RawRow, today: LegalDate, note: Note): LegalDate | null {
  const text = raw[key];
  if (text === undefined) return null;
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?$/.exec(foldWidth(text)) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(foldWidth(text)) ??
    [];
  const parsed = parseLegalDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`);
  if (!parsed.ok) {
    note(key, '不是有效的日期。请按“年-月-日”填写，例如 2023-05-01。');
    return null;
  }
  if (parsed.value > today) {
    note(key, '日期在今天以后，请核对年份。');
    return null;
  }
  return parsed.value;
}

function wholeOf(text: string): number | null {
  const digits = /^(\d{1,7})\s*人?$/.exec(foldWidth(text))?.[1];
  const value = Number(digits);
  return digits === undefined || value < 1 || value > 1_000_000 ? null : value;
}

const SEPARATORS = /[、；;，,\n]/;
const NONE = /^(?:无|不详|[-—/]*)$/;

function peopleIn(
  side: 'applicant' | 'respondent',
  [namesKey, numbersKey, phonesKey]: readonly [ImportColumnKey, ImportColumnKey, ImportColumnKey],
  raw: RawRow,
  today: LegalDate,
  note: Note,
): IntakeParty[] {
  const names = partsOf(raw[namesKey]).filter((name) => name !== '');
  if (names.length > MOST_PEOPLE) {
    note(namesKey, `一方最多 ${MOST_PEOPLE} 人，其余的写在“备注”里。`);
    return [];
  }
  const beside = (key: ImportColumnKey): readonly string[] => {
    const values = partsOf(raw[key]);
    if (raw[key] !== undefined && values.length !== names.length) {
      note(key, `${names.length} 人填了 ${values.length} 个号码，对不上。请与姓名一一对应，没有的写“无”。`);
      return [];
    }
    return values;
  };
  const [numbers, phones] = [beside(numbersKey), beside(phonesKey)];
  return names.map((written, i) => {
    const number = valueOf(numbers[i]);
    const phone = valueOf(phones[i]);
    const person = { ...kindOf(written, number, today), side, ...(phone === undefined ? {} : { phone }) };
    const who = names.length === 1 ? '' : `第 ${i + 1} 人：`;
    for (const { pointer, detail } of faultsOfIntakeParty(person, today)) {
      const key = pointer.endsWith('/phone') ? phonesKey : pointer.endsWith('/name') ? namesKey : numbersKey;
      note(key, `${who}${detail}`);
    }
    return person;
  });
}

const partsOf = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(SEPARATORS).map((part) => part.trim());
const valueOf = (part: string | undefined): string | undefined =>
  part === undefined || NONE.test(part) ? undefined : part;

/** A number of an organisation makes its holder one; `单位：` says so where there is none. */
function kindOf(
  written: string,
  number: string | undefined,
  today: LegalDate,
): Pick<IntakeParty, 'kind' | 'name' | 'residentId' | 'creditCode'> {
  const [, name] = /^单位[：:]\s*(.+)$/.exec(written) ?? [];
  const isCode = number !== undefined && !parseResidentId(number, today).ok && parseUnifiedSocialCreditCode(number).ok;
  if (name === undefined && !isCode)
    return { kind: 'person', name: written, ...(number === undefined ? {} : { residentId: number }) };
  return { kind: 'organization', name: name ?? written, ...(number === undefined ? {} : { creditCode: number }) };
}
