import type { FieldSchema } from './operations';

/** One malformed value: its name for the report, and its text as it stands in JSON. */
export interface MalformedValue {
  readonly name: string;
  readonly json: string;
}

const value = (name: string, given: unknown): MalformedValue => ({ name, json: JSON.stringify(given) });
const raw = (name: string, json: string): MalformedValue => ({ name, json });

/** What no text may hold: PostgreSQL refuses U+0000, the driver turns half a surrogate pair into U+FFFD. */
const TEXTS: readonly MalformedValue[] = [
  raw('NUL', '"\\u0000"'),
  raw('NUL inside', '"李\\u0000建国"'),
  raw('lone high surrogate', '"李\\ud83d建国"'),
  raw('lone low surrogate', '"\\udc00李"'),
  raw('reversed surrogates', '"\\udc00\\ud800"'),
  raw('backspace', '"李\\u0008"'),
  raw('escape sequence', '"\\u001b[31m李"'),
  raw('DEL', '"李\\u007f"'),
  raw('C1 control', '"李\\u0085"'),
];

const NOT_A_TEXT: readonly MalformedValue[] = [
  value('a number', 12),
  value('a truth value', true),
  value('a list', ['李']),
  value('an object', { $gt: '' }),
];

const OVERLONG = value('100,000 characters', '长'.repeat(100_000));

function textsFor(schema: FieldSchema): MalformedValue[] {
  const { minLength = 0, maxLength } = schema;
  return [
    ...TEXTS,
    ...NOT_A_TEXT,
    OVERLONG,
    ...(maxLength === undefined ? [] : [value(`${maxLength + 1} characters`, '长'.repeat(maxLength + 1))]),
    ...(minLength > 0 ? [value('empty', ''), value('blank', ' \u3000 ')] : []),
  ];
}

const NUMBERS: readonly MalformedValue[] = [
  value('past int4', 2 ** 31),
  value('past int8', 9.3e18),
  raw('past double', '1e400'),
  raw('past the safe integers', '9007199254740993'),
  value('far below', -(2 ** 53)),
  value('a fraction', 1.5),
  value('a number as text', '1'),
  value('a list of one', [1]),
  value('a truth value', true),
];

const IDS: readonly MalformedValue[] = [
  value('a word', 'first'),
  value('an injection', "0194f7f2-c0de-7000-a1b2-c3d4e5f60718' or '1'='1"),
  value('in braces', '{0194f7f2-c0de-7000-a1b2-c3d4e5f60718}'),
  value('upper case', '0194F7F2-C0DE-7000-A1B2-C3D4E5F60718'),
  value('without hyphens', '0194f7f2c0de7000a1b2c3d4e5f60718'),
  value('full-width digits', '０194f7f2-c0de-7000-a1b2-c3d4e5f60718'),
  raw('NUL behind', '"0194f7f2-c0de-7000-a1b2-c3d4e5f60718\\u0000"'),
  value('a line break behind', '0194f7f2-c0de-7000-a1b2-c3d4e5f60718\n'),
  value('an object', { id: 1 }),
  value('empty', ''),
];

const DATES: readonly MalformedValue[] = [
  value('30 February', '2026-02-30'),
  value('29 February of a common year', '1900-02-29'),
  value('month 13', '2026-13-01'),
  value('day 0', '2026-01-00'),
  value('year 0', '0000-01-01'),
  value('year 10000', '10000-01-01'),
  value('signed year', '+002026-11-20'),
  value('without hyphens', '20261120'),
  value('with a time', '2026-11-20T00:00:00Z'),
  value('full-width digits', '２０２６-11-20'),
  value('infinity', 'infinity'),
  value('seconds', 1_795_000_000),
  value('empty', ''),
];

const INSTANTS: readonly MalformedValue[] = [
  value('without an offset', '2026-11-20T09:30:00'),
  value('hour 25', '2026-11-20T25:00:00+08:00'),
  value('offset 99', '2026-11-20T09:30:00+99:00'),
  value('30 February', '2026-02-30T09:30:00+08:00'),
  value('year 9999', '9999-12-31T23:59:59Z'),
  value('before the common era', '-000044-03-15T09:30:00Z'),
  value('infinity', 'infinity'),
  value('a date only', '2026-11-20'),
  value('milliseconds', 1_795_000_000_000),
  value('empty', ''),
];

const CHOICES: readonly MalformedValue[] = [
  value('not offered', 'pigeon'),
  value('__proto__', '__proto__'),
  value('constructor', 'constructor'),
  value('hasOwnProperty', 'hasOwnProperty'),
  value('empty', ''),
  value('a number', 0),
  value('an object', {}),
  raw('NUL', '"\\u0000"'),
];

const TRUTHS: readonly MalformedValue[] = [
  value('as text', 'true'),
  value('one', 1),
  value('zero', 0),
  value('empty', ''),
  value('a list', []),
];

const LISTS: readonly MalformedValue[] = [
  value('a text', 'a,b'),
  value('an object', { 0: 'a', length: 1 }),
  value('a number', 3),
  value('holding null', [null]),
  value('nested', [[[['a']]]]),
  value(
    '10,000 long',
    Array.from({ length: 10_000 }, () => 'a'),
  ),
];

const OBJECTS: readonly MalformedValue[] = [
  value('a text', 'a'),
  value('a list', [1]),
  value('a number', 3),
  raw('with __proto__', '{"__proto__":{"isAdmin":true}}'),
  raw('with constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'),
];

/** Everything malformed that may stand where a value of this schema belongs. */
export function malformedValuesFor(schema: FieldSchema): readonly MalformedValue[] {
  return [value('null', null), ...ownValues(schema)];
}

function ownValues(schema: FieldSchema): readonly MalformedValue[] {
  if (schema.enum !== undefined) return CHOICES;
  switch (schema.type) {
    case 'string':
      if (schema.format === 'uuid') return IDS;
      if (schema.format === 'date') return DATES;
      if (schema.format === 'date-time') return INSTANTS;
      return textsFor(schema);
    case 'integer':
    case 'number':
      return [
        ...NUMBERS.filter(
          (v) =>
            !(
              Number(v.json) >= (schema.minimum ?? -Infinity) &&
              Number(v.json) <= (schema.maximum ?? Infinity) &&
              Number.isSafeInteger(Number(v.json))
            ),
        ),
        ...(schema.minimum === undefined ? [] : [value('below the least', schema.minimum - 1)]),
        ...(schema.maximum === undefined ? [] : [value('above the most', schema.maximum + 1)]),
      ];
    case 'boolean':
      return TRUTHS;
    case 'array':
      return LISTS;
    default:
      return OBJECTS;
  }
}

/** Bodies malformed as a whole, with the media type they come under. */
export const MALFORMED_BODIES: readonly {
  readonly name: string;
  readonly type: string;
  readonly body: string | Buffer;
}[] = [
  { name: 'nothing but [', type: 'application/json', body: '['.repeat(40_000) },
  { name: 'objects 5,000 deep', type: 'application/json', body: '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000) },
  {
    name: 'lists 5,000 deep in a field',
    type: 'application/json',
    body: `{"title":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  },
  { name: 'cut off', type: 'application/json', body: '{"title":"李' },
  { name: 'null', type: 'application/json', body: 'null' },
  { name: 'a list', type: 'application/json', body: '[{}]' },
  { name: 'a text', type: 'application/json', body: '"title"' },
  { name: 'NaN', type: 'application/json', body: '{"limit":NaN}' },
  { name: '__proto__', type: 'application/json', body: '{"__proto__":{"isAdmin":true}}' },
  { name: 'escaped __proto__', type: 'application/json', body: '{"\\u005f_proto__":{"isAdmin":true}}' },
  { name: 'constructor', type: 'application/json', body: '{"constructor":{"prototype":{"isAdmin":true}}}' },
  { name: 'NUL in a name', type: 'application/json', body: '{"ti\\u0000tle":"x"}' },
  { name: 'an unknown field', type: 'application/json', body: '{"isAdmin":true}' },
  {
    name: 'invalid UTF-8',
    type: 'application/json',
    body: Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
  },
  {
    name: 'overlong UTF-8',
    type: 'application/json',
    body: Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
  },
  {
    name: 'GB18030 bytes',
    type: 'application/json',
    body: Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xee, 0x22, 0x7d]),
  },
  { name: 'utf-7', type: 'application/json; charset=utf-7', body: '{"title":"+ADw-script+AD4-"}' },
  { name: 'utf-16', type: 'application/json; charset=utf-16', body: Buffer.from('{"title":"李"}', 'utf16le') },
  { name: 'a form', type: 'application/x-www-form-urlencoded', body: 'title=%00' },
  { name: 'plain text', type: 'text/plain', body: '{"title":"x"}' },
  { name: 'XML', type: 'application/xml', body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
  { name: 'a form without boundary', type: 'multipart/form-data', body: 'x' },
  {
    name: 'a cut-off form',
    type: 'multipart/form-data; boundary=b',
    body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a',
  },
];
