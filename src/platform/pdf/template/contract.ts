import type { FieldError } from '../../../kernel/domain-error';
import { MAX_FEN } from '../../../kernel/money';
import { describeTextDefect, findTextDefect } from '../../../kernel/text-guard';

/**
 * The data contract of a template: what a paper needs, in the words of the people who fill it.
 *
 * - `text`: one or more lines · `line`: one line · `name`: name of a person or organisation (drawn in one face)
 * - `money`: integer fen, never negative · `integer` · `boolean`
 * - `date`: legal date `YYYY-MM-DD` · `instant`: ISO 8601 with offset
 * - `choice`: one of `values` · `list`: items of one shape · `group`: named fields
 */
export type Field = ScalarField | ChoiceField | ListField | GroupField;
export type ScalarType = 'text' | 'line' | 'name' | 'money' | 'integer' | 'boolean' | 'date' | 'instant';

interface FieldBase {
  /** Chinese explanation; also what an error message calls the field. */
  readonly label: string;
  /** An optional field may be absent, null or empty. */
  readonly optional: boolean;
}
export interface ScalarField extends FieldBase {
  readonly type: ScalarType;
  readonly example: unknown;
}
export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  /** Stored value → what the paper prints. */
  readonly values: Readonly<Record<string, string>>;
  readonly example: unknown;
}
export interface GroupField extends FieldBase {
  readonly type: 'group';
  readonly fields: Readonly<Record<string, Field>>;
}
export interface ListField extends FieldBase {
  readonly type: 'list';
  readonly min: number;
  readonly max: number;
  readonly item: Field;
  /** How many example items a preview shows, or the items themselves. */
  readonly example: unknown;
}

export type Contract = Readonly<Record<string, Field>>;

const SCALARS: readonly string[] = ['text', 'line', 'name', 'money', 'integer', 'boolean', 'date', 'instant'];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  list: ['type', 'label', 'optional', 'min', 'max', 'item', 'example'],
  group: ['type', 'label', 'optional', 'fields'],
  choice: ['type', 'label', 'optional', 'values', 'example'],
};
const SCALAR_KEYS = ['type', 'label', 'optional', 'example'];
const MAX_ITEMS = 500;

/** What is wrong with the contract of a template; thrown by readContract and turned into a TemplateError by the parser. */
export class ContractShapeError extends Error {}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the `data:` part of a template's head. @throws ContractShapeError */
export function readContract(raw: unknown): Contract {
  if (!isRecord(raw)) throw new ContractShapeError('data 应当是“字段名: {type, label, example}”的清单');
  return Object.fromEntries(Object.entries(raw).map(([name, field]) => [name, readField(name, field)]));
}

function readField(name: string, raw: unknown): Field {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new ContractShapeError(`字段名“${name}”应当是小写字母开头的英文`);
  if (!isRecord(raw)) throw new ContractShapeError(`字段“${name}”应当写成 {type, label, example}`);
  const { type, label, optional = false, example } = raw;
  if (typeof type !== 'string' || !(SCALARS.includes(type) || type in KEYS))
    throw new ContractShapeError(`字段“${name}”的 type“${String(type)}”不认识`);
  const stray = Object.keys(raw).find((key) => !(KEYS[type] ?? SCALAR_KEYS).includes(key));
  if (stray !== undefined) throw new ContractShapeError(`字段“${name}”有多余的设置“${stray}”`);
  if (typeof label !== 'string' || label === '') throw new ContractShapeError(`字段“${name}”缺少中文说明 label`);
  if (typeof optional !== 'boolean') throw new ContractShapeError(`字段“${name}”的 optional 应当是 true 或 false`);

  let field: Field;
  if (type === 'list') {
    const { min = 0, max = MAX_ITEMS, item } = raw;
    if (!Number.isInteger(min) || !Number.isInteger(max))
      throw new ContractShapeError(`字段“${name}”的 min、max 应当是整数`);
    field = { type, label, optional, min: min as number, max: max as number, item: readField('item', item), example };
  } else if (type === 'group') {
    field = { type, label, optional, fields: readContract(raw.fields) };
  } else if (type === 'choice') {
    if (!isRecord(raw.values) || !Object.values(raw.values).every((v) => typeof v === 'string'))
      throw new ContractShapeError(`字段“${name}”缺少选项 values`);
    field = { type, label, optional, values: raw.values as Record<string, string>, example };
  } else {
    field = { type: type as ScalarType, label, optional, example };
  }
  if (field.type !== 'group' && !optional) {
    const problems = checkValue(field, exampleOf(field), name, label);
    if (problems[0] !== undefined) throw new ContractShapeError(`字段“${name}”的示例不合要求：${problems[0].detail}`);
  }
  return field;
}

/** Example data for a preview. */
export function exampleData(contract: Contract): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(contract)
      .map(([name, field]) => [name, exampleOf(field)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function exampleOf(field: Field): unknown {
  if (field.type === 'group') return exampleData(field.fields);
  if (field.type !== 'list') return field.example;
  if (Array.isArray(field.example)) return field.example;
  const count = typeof field.example === 'number' ? field.example : Math.max(1, field.min);
  return Array.from({ length: count }, () => exampleOf(field.item));
}

/** All ways in which the data break the contract; an empty list means that the paper can be made. */
export function checkData(contract: Contract, data: unknown): FieldError[] {
  if (!isRecord(data)) return [problem('', '没有提供文书内容')];
  return checkFields(contract, data, '', '');
}

function checkFields(fields: Contract, data: Record<string, unknown>, pointer: string, place: string): FieldError[] {
  const stray = Object.keys(data)
    .filter((key) => !(key in fields) && data[key] !== undefined)
    .map((key) => problem(`${pointer}/${key}`, `${place}多出了模板没有的内容“${key}”`));
  return [
    ...stray,
    ...Object.entries(fields).flatMap(([name, field]) =>
      checkValue(field, data[name], `${pointer}/${name}`, `${place}“${field.label}”`),
    ),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function checkValue(field: Field, value: unknown, pointer: string, place: string): FieldError[] {
  if (isEmpty(value)) return field.optional ? [] : [problem(pointer, `${place}没有填写`)];
  switch (field.type) {
    case 'group':
      return isRecord(value) ? checkFields(field.fields, value, pointer, place) : [problem(pointer, `${place}不完整`)];
    case 'list': {
      if (!Array.isArray(value)) return [problem(pointer, `${place}应当是清单`)];
      if (value.length < field.min)
        return [problem(pointer, `${place}至少要有${field.min}项，现在只有${value.length}项`)];
      if (value.length > field.max) return [problem(pointer, `${place}最多${field.max}项，现在有${value.length}项`)];
      return value.flatMap((item, i) => checkValue(field.item, item, `${pointer}/${i}`, `${place}第${i + 1}项`));
    }
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.values, value)
        ? []
        : [problem(pointer, `${place}只能是${Object.values(field.values).join('、')}之一`)];
    default:
      return checkScalar(field.type, value, pointer, place);
  }
}

function checkScalar(type: ScalarType, value: unknown, pointer: string, place: string): FieldError[] {
  switch (type) {
    case 'text':
    case 'line':
    case 'name': {
      if (typeof value !== 'string') return [problem(pointer, `${place}应当是文字`)];
      const defect = findTextDefect(value, type === 'text' ? 'multi-line' : 'one-line');
      return defect === null ? [] : [problem(pointer, `${place}${describeTextDefect(defect)}`)];
    }
    case 'money':
      return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_FEN
        ? []
        : [problem(pointer, `${place}应当是以分为单位的整数金额`)];
    case 'integer':
      return Number.isSafeInteger(value) ? [] : [problem(pointer, `${place}应当是整数`)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [problem(pointer, `${place}应当是“是”或“否”`)];
    case 'date':
      return isLegalDate(value) ? [] : [problem(pointer, `${place}不是存在的日期，应当写成 2026-01-31 的样子`)];
    case 'instant':
      return typeof value === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
        ? []
        : [problem(pointer, `${place}不是带时区的时间`)];
  }
}

function isLegalDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function problem(pointer: string, detail: string): FieldError {
  return { pointer, code: 'pdf.contract', detail };
}

/** The contract as a JSON Schema (2020-12) object, for the people and programs that fill the paper. */
export function contractSchema(contract: Contract): Record<string, unknown> {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...objectSchema(contract) };
}

function objectSchema(fields: Contract): Record<string, unknown> {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.entries(fields)
      .filter(([, field]) => !field.optional)
      .map(([name]) => name),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
  };
}

const SCALAR_SCHEMA: Readonly<Record<ScalarType, Record<string, unknown>>> = {
  text: { type: 'string' },
  line: { type: 'string', pattern: '^[^\\n\\r\\t]*$' },
  name: { type: 'string', pattern: '^[^\\n\\r\\t]*$' },
  money: { type: 'integer', minimum: 0, maximum: MAX_FEN, description: '单位：分' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  instant: { type: 'string', format: 'date-time' },
};

function fieldSchema(field: Field): Record<string, unknown> {
  switch (field.type) {
    case 'group':
      return { title: field.label, ...objectSchema(field.fields) };
    case 'list':
      return {
        title: field.label,
        type: 'array',
        minItems: field.min,
        maxItems: field.max,
        items: fieldSchema(field.item),
      };
    case 'choice':
      return { title: field.label, enum: Object.keys(field.values), examples: [field.example] };
    default:
      return {
        title: field.label,
        ...SCALAR_SCHEMA[field.type],
        ...(field.example === undefined ? {} : { examples: [field.example] }),
      };
  }
}

/** The field a path of names and indexes leads to, or undefined. */
export function fieldAt(contract: Contract, path: readonly string[]): Field | undefined {
  let fields: Contract | undefined = contract;
  let field: Field | undefined;
  for (const step of path) {
    if (/^\d+$/.test(step)) {
      if (field?.type !== 'list') return undefined;
      field = field.item;
    } else {
      if (fields === undefined || !Object.hasOwn(fields, step)) return undefined;
      field = fields[step];
    }
    fields = field?.type === 'group' ? field.fields : undefined;
  }
  return field;
}
