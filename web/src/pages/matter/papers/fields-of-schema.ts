import type { FieldContract } from '@/acts';
import type { components } from '@/generated/schema';

export type IssuablePaper = components['schemas']['IssuablePaperResponse'];

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly description?: string;
  readonly 'x-label'?: string;
  readonly 'x-hint'?: string;
  readonly 'x-unit'?: string;
  readonly 'x-multiline'?: boolean;
  readonly 'x-labels'?: Readonly<Record<string, string>>;
}

/** The fields a paper asks for, from the schema that the server gives with it: the same words as the forms of acts. */
export function fieldsOfSchema(parameters: IssuablePaper['parameters']): FieldContract[] {
  return parameters === null ? [] : fieldsOf(parameters as Schema);
}

function fieldsOf({ properties = {}, required = [] }: Schema): FieldContract[] {
  return Object.entries(properties).map(([name, schema]) => {
    const { items } = schema;
    const max = schema.maximum ?? schema.maxItems ?? schema.maxLength;
    const min = schema.minimum ?? schema.minItems;
    const values = schema['x-labels'] ?? items?.['x-labels'];
    const nested = items?.properties ? items : schema.properties ? schema : undefined;
    return {
      name,
      kind: kindOf(name, schema),
      label: schema['x-label'] ?? schema.description ?? name,
      ...(schema['x-hint'] === undefined ? {} : { hint: schema['x-hint'] }),
      ...(required.includes(name) ? { isRequired: true } : {}),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(values === undefined ? {} : { values }),
      ...(nested === undefined ? {} : { fields: fieldsOf(nested) }),
    };
  });
}

function kindOf(name: string, schema: Schema): FieldContract['kind'] {
  const { type, format, items } = schema;
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number') return schema['x-unit'] === 'fen' ? 'fen' : 'whole';
  if (type === 'array') {
    if (items?.enum) return 'many';
    if (items?.properties) return 'list';
    return name.endsWith('Ids') ? 'ids' : 'texts';
  }
  if (schema.enum) return 'one';
  if (format === 'uuid') return 'id';
  if (format === 'date') return 'day';
  if (format === 'date-time') return 'instant';
  if (schema.properties) return 'object';
  return schema['x-multiline'] ? 'multiline' : 'text';
}
