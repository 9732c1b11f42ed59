import type { Contract, Field } from './contract';

/** A piece of content that may stand in a template, as somebody who writes one sees it. */
export interface TemplateField {
  /** As it is written, within its loop: `p.name`. */
  readonly name: string;
  readonly label: string;
  readonly typeName: string;
  readonly isOptional: boolean;
  /** How deep it lies in lists and groups. */
  readonly depth: number;
  readonly example: string;
  /** What to write at the place where it shall be printed. */
  readonly text: string;
}

const TYPE_NAMES: Readonly<Record<Field['type'], string>> = {
  text: '多行文字',
  line: '一行文字',
  name: '姓名或名称',
  money: '金额',
  integer: '数',
  boolean: '是或否',
  date: '日期',
  instant: '时间',
  choice: '选项',
  list: '清单',
  group: '一组',
};

/** All content of a contract, in its order, with what to write for each. */
export function fieldList(contract: Contract): TemplateField[] {
  return fieldsWithin(contract, '', 0, new Set(Object.keys(contract)));
}

function fieldsWithin(fields: Contract, prefix: string, depth: number, taken: ReadonlySet<string>): TemplateField[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    ...fieldAndItems(field, `${prefix}${name}`, depth, variableFor(name, taken), taken),
  ]);
}

function fieldAndItems(
  field: Field,
  path: string,
  depth: number,
  variable: string,
  taken: ReadonlySet<string>,
): TemplateField[] {
  const entry = {
    name: path,
    label: field.label,
    typeName: TYPE_NAMES[field.type],
    isOptional: field.optional,
    depth,
    example: exampleOf(field),
    text: textFor(field, path, variable),
  };
  if (field.type === 'group') return [entry, ...fieldsWithin(field.fields, `${path}.`, depth + 1, taken)];
  if (field.type !== 'list') return [entry];
  const within = new Set([...taken, variable]);
  return [
    entry,
    ...(field.item.type === 'group'
      ? fieldsWithin(field.item.fields, `${variable}.`, depth + 1, within)
      : fieldAndItems(field.item, variable, depth + 1, variableFor('item', within), within)),
  ];
}

/** The first letter of the list, as the house's templates have it; longer where that is taken. */
function variableFor(list: string, taken: ReadonlySet<string>): string {
  for (let length = 1; length < list.length; length++) {
    const name = list.slice(0, length);
    if (!taken.has(name)) return name;
  }
  return `${list}Item`;
}

function textFor(field: Field, path: string, variable: string): string {
  switch (field.type) {
    case 'list':
      return `{% for ${variable} in ${path} %}\n${field.item.type === 'group' ? '' : `{{ ${variable} }}`}\n{% endfor %}`;
    case 'group':
      return '';
    case 'choice':
      return `{{ ${path}_label }}`;
    case 'money':
      return `{{ ${path} | rmb }}`;
    case 'date':
      return `{{ ${path} | cn_date }}`;
    case 'instant':
      return `{{ ${path} | cn_time }}`;
    default:
      return field.optional && field.type !== 'text' ? `{{ ${path} | or_blank: 6 }}` : `{{ ${path} }}`;
  }
}

const LONGEST_EXAMPLE = 60;

function exampleOf(field: Field): string {
  if (field.type === 'group' || field.type === 'list') return '';
  const { example } = field;
  if (typeof example === 'boolean') return example ? '是' : '否';
  if (typeof example === 'number') return field.type === 'money' ? `${(example / 100).toFixed(2)}元` : String(example);
  if (typeof example !== 'string') return '';
  if (field.type === 'choice') return field.values[example] ?? '';
  return example.length > LONGEST_EXAMPLE ? `${example.slice(0, LONGEST_EXAMPLE)}……` : example;
}
