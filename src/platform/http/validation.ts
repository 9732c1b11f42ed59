import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '../../kernel';
import { guardValue, malformed } from './json-body';

function fieldErrors(errors: readonly ValidationError[], prefix = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${prefix}/${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      pointer,
      code: rule === 'whitelistValidation' ? 'unknown-field' : kebab(rule),
      detail: rule === 'whitelistValidation' ? `不认识的字段“${error.property}”` : detail,
    }));
    // The first broken rule of a field is enough for the person who fills it in.
    const preferred = own.find((e) => e.code === 'is-defined') ?? own[0];
    return [...(preferred ? [preferred] : []), ...fieldErrors(error.children ?? [], pointer)];
  });
}

const kebab = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

/**
 * The fields of a form pass the edge unread, inside the upload: their texts meet the guard here. Bytes that are not
 * UTF-8 arrive as U+FFFD, so that character is refused: kept, it would be a statement changed without a word.
 */
function guardForm(fields: object): void {
  guardValue(fields, '');
  for (const [name, text] of Object.entries(fields)) {
    if (typeof text === 'string' && text.includes('\ufffd')) {
      throw malformed('有文字不是有效的 UTF-8 编码，请重新输入后提交。', `/${name}`);
    }
  }
}

class GuardedPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Multer gives the fields of a form as an object without a prototype; a JSON body has one.
    const isForm = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
    if (metadata.type === 'body' && isForm) guardForm(value);
    return super.transform(value, metadata);
  }
}

/** Bodies and queries against their request classes: unknown fields are refused, nothing is converted silently. */
export function validationPipe(): PipeTransform {
  return new GuardedPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false, exposeUnsetFields: false },
    exceptionFactory: (errors) => {
      const fields = fieldErrors(errors);
      return new DomainError(
        'malformed',
        'invalid-fields',
        `有 ${fields.length} 处需要修改：${fields.map((f) => f.detail).join('；')}`.slice(0, 500),
        fields,
      );
    },
  });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Path parameters that are ids. */
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && UUID.test(value)) return value;
    throw new DomainError('malformed', 'malformed-id', '地址中的标识有误，请从列表重新打开。');
  }
}
