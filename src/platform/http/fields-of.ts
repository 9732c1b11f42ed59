import 'reflect-metadata';

type Class = new () => object;
type Property = Readonly<Record<string, unknown>>;

/** What @nestjs/swagger keeps of `ApiProperty`: the names on the prototype, each with a leading colon, and what was said of each. */
const NAMES = 'swagger/apiModelPropertiesArray';
const SAID = 'swagger/apiModelProperties';

/**
 * The fields of a request class as a JSON Schema, in the words of the contract (`x-label`, `x-labels`, `x-hint`): for
 * requests whose shape is known only at run time, such as what a paper asks for. Nested classes are written out in place.
 */
export function fieldsOf(shape: Class): Record<string, unknown> {
  const prototype = shape.prototype as object;
  const names = ((Reflect.getMetadata(NAMES, prototype) as string[] | undefined) ?? []).map((name) => name.slice(1));
  const properties = names.map((name) => [name, Reflect.getMetadata(SAID, prototype, name) as Property] as const);
  return {
    type: 'object',
    required: properties.filter(([, said]) => said['required'] === true).map(([name]) => name),
    properties: Object.fromEntries(properties.map(([name, said]) => [name, schemaOf(said)])),
  };
}

function schemaOf({ type, isArray, enum: values, required: _, ...rest }: Property): Record<string, unknown> {
  const item = { ...typeOf(type), ...(values === undefined ? {} : { enum: values }) };
  if (isArray === true || 'maxItems' in rest) return { type: 'array', items: item, ...rest };
  return { ...item, ...rest };
}

function typeOf(type: unknown): Record<string, unknown> {
  if (type === String) return { type: 'string' };
  if (type === Number) return { type: 'number' };
  if (type === Boolean) return { type: 'boolean' };
  if (typeof type === 'string') return { type };
  if (Array.isArray(type)) return typeOf(type[0]);
  // A lazily named class: `() => [Nested]` or `() => Nested`.
  if (typeof type === 'function' && type.prototype === undefined) return typeOf((type as () => unknown)());
  if (typeof type === 'function') return fieldsOf(type as Class);
  throw new Error('A field of unknown type cannot be described');
}
