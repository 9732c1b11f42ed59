import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { parseLegalDate } from '../../kernel';

/**
 * Decorators for the fields of requests. One decorator gives the bounds, the Chinese message and the OpenAPI entry, so
 * that none of the three can be forgotten. Every text has a maximum; nothing is trimmed or converted silently.
 */
interface FieldOptions {
  /** 字段的中文名，用于错误说明和接口文档。 */
  readonly label: string;
  readonly description?: string;
  /** 表单中字段下方的说明；不填则用 description。 */
  readonly hint?: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

type Decorator = PropertyDecorator;

function field(options: FieldOptions, api: ApiPropertyOptions, ...checks: Decorator[]): Decorator {
  const { label, description, example, optional = false } = options;
  const hint = 'hint' in options ? options.hint : description;
  const described: object = {
    ...api,
    // Forms are drawn from these: the name alone, and the hint beneath it.
    'x-label': label,
    ...(hint === undefined ? {} : { 'x-hint': hint }),
    description: description === undefined ? label : `${label}：${description}`,
    required: !optional,
    ...(example === undefined ? {} : { example }),
  };
  return applyDecorators(
    ApiProperty(described),
    // null is not "left out": a field that may be absent is absent, never null.
    optional ? ValidateIf((_, value) => value !== undefined) : IsDefined({ message: `请填写${label}` }),
    ...checks,
  );
}

/** A text of at most `max` characters (UTF-16 units), not blank. `multiline` admits line breaks and tabs. */
export function Text(
  options: FieldOptions & { max: number; multiline?: boolean; pattern?: RegExp; patternHint?: string },
): Decorator {
  const { label, max, multiline = false, pattern, patternHint } = options;
  return field(
    options,
    {
      type: String,
      maxLength: max,
      minLength: 1,
      ...(pattern ? { pattern: pattern.source } : {}),
      ...(multiline ? { 'x-multiline': true } : {}),
    },
    IsString({ message: `${label}应为文字` }),
    Matches(/\S/u, { message: `请填写${label}` }),
    MaxLength(max, { message: `${label}不能超过 ${max} 字` }),
    ...(multiline ? [] : [Matches(/^[^\t\n\r]*$/u, { message: `${label}不能换行` })]),
    ...(pattern ? [Matches(pattern, { message: patternHint ?? `${label}格式有误` })] : []),
  );
}

/** A UUID in lower case. */
export function Uuid(options: FieldOptions): Decorator {
  return field(
    { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', ...options },
    { type: String, format: 'uuid' },
    IsUUID('all', { message: `${options.label}不是有效的标识，请从列表中选择` }),
    Matches(/^[0-9a-f-]+$/, { message: `${options.label}不是有效的标识，请从列表中选择` }),
  );
}

/** One of named values; the record maps each to its Chinese name. */
export function OneOf(options: FieldOptions & { values: Readonly<Record<string, string>> }): Decorator {
  const { label, values } = options;
  const keys = Object.keys(values);
  const legend = keys.map((k) => `${k} ${values[k] ?? ''}`).join('；');
  return field(
    {
      example: keys[0],
      ...options,
      hint: options.description,
      description: options.description === undefined ? legend : `${options.description}（${legend}）`,
    },
    { type: String, enum: keys, 'x-labels': values } as ApiPropertyOptions,
    IsIn(keys, { message: `${label}不在可选范围内，请重新选择` }),
  );
}

@ValidatorConstraint({ name: 'legal-date' })
class LegalDateConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseLegalDate(value).ok;
  }
}

/** A civil date, `YYYY-MM-DD`. */
export function Day(options: FieldOptions): Decorator {
  return field(
    { example: '2026-11-20', ...options },
    { type: String, format: 'date' },
    Validate(LegalDateConstraint, { message: `${options.label}应为有效日期，例如 2026-11-20` }),
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

@ValidatorConstraint({ name: 'instant' })
class InstantConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !INSTANT.test(value) || !parseLegalDate(value.slice(0, 10)).ok) return false;
    return !Number.isNaN(Date.parse(value)) && value >= '1900' && value < '2200';
  }
}

/** An instant with its offset, ISO 8601. Stays a string on the request; use `new Date(value)` in the use case. */
export function Instant(options: FieldOptions): Decorator {
  return field(
    { example: '2026-11-20T09:30:00+08:00', ...options },
    { type: String, format: 'date-time' },
    Validate(InstantConstraint, { message: `${options.label}应为带时区的时间，例如 2026-11-20T09:30:00+08:00` }),
  );
}

interface WholeOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
  /** The value arrives in the query string, as text. */
  readonly inQuery?: boolean;
}

/** A whole number within bounds. */
export function Whole(options: WholeOptions): Decorator {
  const { label, min, max, inQuery = false } = options;
  return field(
    { example: min, ...options },
    { type: 'integer', minimum: min, maximum: max },
    ...(inQuery
      ? [
          Transform(({ value }: { value: unknown }) =>
            typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
          ),
        ]
      : []),
    IsInt({ message: `${label}应为整数` }),
    Min(min, { message: `${label}不能小于 ${min}` }),
    Max(max, { message: `${label}不能大于 ${max}` }),
  );
}

/** An amount of money in whole fen (分); 9 × 10^13 fen is the largest that a paper spells out. */
export function Fen(options: FieldOptions & { min?: number }): Decorator {
  return applyDecorators(
    Whole({
      example: 1_200_000,
      ...options,
      min: options.min ?? 0,
      max: 90_000_000_000_000,
      hint: options.description,
      description: options.description ?? '单位：分',
    }),
    ApiProperty({ 'x-unit': 'fen' } as ApiPropertyOptions),
  );
}

/** Yes or no. */
export function Flag(options: FieldOptions & { inQuery?: boolean }): Decorator {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false };
  return field(
    { example: true, ...options },
    { type: Boolean },
    ...(options.inQuery === true
      ? [Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (words[value] ?? value) : value))]
      : []),
    IsBoolean({ message: `${options.label}应为 true 或 false` }),
  );
}

type Class = new () => object;

/** A list of nested objects. */
export function ListOf(type: () => Class, options: FieldOptions & { max: number; min?: number }): Decorator {
  const { label, max, min = 0 } = options;
  return field(
    options,
    { type: () => [type()], maxItems: max, minItems: min },
    IsArray({ message: `${label}应为列表` }),
    ArrayMinSize(min, { message: `${label}至少 ${min} 项` }),
    ArrayMaxSize(max, { message: `${label}不能超过 ${max} 项` }),
    ValidateNested({ each: true, message: `${label}格式有误` }),
    IsObjectOnly(label, true),
    Type(type),
  );
}

/** A list of UUIDs. */
export function UuidList(options: FieldOptions & { max: number; min?: number }): Decorator {
  const { label, max, min = 0 } = options;
  return field(
    { example: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'], ...options },
    { type: String, isArray: true, maxItems: max, minItems: min },
    IsArray({ message: `${label}应为列表` }),
    ArrayMinSize(min, { message: `${label}至少 ${min} 项` }),
    ArrayMaxSize(max, { message: `${label}不能超过 ${max} 项` }),
    IsUUID('all', { each: true, message: `${label}中有无效的标识` }),
  );
}

/** A list of named values. */
export function OneOfList(
  options: FieldOptions & { values: Readonly<Record<string, string>>; max?: number; min?: number },
): Decorator {
  const { label, values, min = 0 } = options;
  const keys = Object.keys(values);
  const max = options.max ?? keys.length;
  return field(
    {
      example: keys.slice(0, 1),
      ...options,
      hint: options.description,
      description: keys.map((k) => `${k} ${values[k] ?? ''}`).join('；'),
    },
    { type: String, isArray: true, enum: keys, 'x-labels': values, maxItems: max, minItems: min } as ApiPropertyOptions,
    IsArray({ message: `${label}应为列表` }),
    ArrayMinSize(min, { message: `${label}至少 ${min} 项` }),
    ArrayMaxSize(max, { message: `${label}不能超过 ${max} 项` }),
    IsIn(keys, { each: true, message: `${label}中有不在可选范围内的值` }),
  );
}

/** A list of texts. */
export function TextList(options: FieldOptions & { max: number; min?: number; maxEach: number }): Decorator {
  const { label, max, min = 0, maxEach } = options;
  return field(
    options,
    { type: String, isArray: true, maxItems: max, minItems: min },
    IsArray({ message: `${label}应为列表` }),
    ArrayMinSize(min, { message: `${label}至少 ${min} 项` }),
    ArrayMaxSize(max, { message: `${label}不能超过 ${max} 项` }),
    IsString({ each: true, message: `${label}各项应为文字` }),
    Matches(/\S/u, { each: true, message: `${label}各项不能为空` }),
    MaxLength(maxEach, { each: true, message: `${label}每项不能超过 ${maxEach} 字` }),
  );
}

@ValidatorConstraint({ name: 'object' })
class ObjectConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}

function IsObjectOnly(label: string, each = false): Decorator {
  return Validate(ObjectConstraint, { each, message: each ? `${label}各项格式有误` : `${label}格式有误` });
}

/** Documents one field of a response: what it means, with an example. */
export function Shows(
  description: string,
  options: {
    example?: unknown;
    type?: ApiPropertyOptions['type'];
    nullable?: boolean;
    isArray?: boolean;
    /** Of a list of numbers some of which may not be told. */
    items?: { readonly type: 'integer'; readonly nullable: true };
    enum?: readonly string[];
    /** The enumeration with its Chinese names, where people see them. */
    values?: Readonly<Record<string, string>>;
    optional?: boolean;
  } = {},
): Decorator {
  const { optional, values: labels, enum: values = labels && Object.keys(labels), ...rest } = options;
  return ApiProperty({
    description,
    required: optional !== true,
    ...(values === undefined ? {} : { enum: [...values] }),
    ...(labels === undefined ? {} : { 'x-labels': labels }),
    ...rest,
  } as ApiPropertyOptions);
}
