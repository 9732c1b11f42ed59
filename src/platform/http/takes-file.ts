import {
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  PayloadTooLargeException,
  type Type,
  UseInterceptors,
  applyDecorators,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { Request } from 'express';
import { type Observable, catchError, throwError } from 'rxjs';
import { DomainError } from '../../kernel';

const MEGABYTE = 1024 * 1024;
/** What a form may hold beside its file. */
const BESIDE = MEGABYTE;

/** The body is a form with one `file` of at most `maxBytes`, beside the fields of `Fields` where there are any. */
export function TakesFile(what: string, maxBytes: number, Fields?: Type): MethodDecorator {
  const description = `${what}，不超过${maxBytes / MEGABYTE}兆字节`;
  const file = {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary', description, 'x-max-bytes': maxBytes } },
  };
  return applyDecorators(
    UseInterceptors(new NamesItsLimit(maxBytes)),
    ApiConsumes('multipart/form-data'),
    ...(Fields === undefined
      ? [ApiBody({ schema: file })]
      : [ApiExtraModels(Fields), ApiBody({ schema: { allOf: [{ $ref: getSchemaPath(Fields) }, file] } })]),
  );
}

/** A form that says by itself that it is too large is not read; the parser stops at the limit of the others. */
class NamesItsLimit implements NestInterceptor {
  constructor(private readonly maxBytes: number) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const length = Number(context.switchToHttp().getRequest<Request>().headers['content-length'] ?? 0);
    if (length > this.maxBytes + BESIDE) throw this.refusal();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          throwError(() => (error instanceof PayloadTooLargeException ? this.refusal() : error)),
        ),
      );
  }

  private refusal(): DomainError {
    const detail = `文件超过${this.maxBytes / MEGABYTE}兆字节，没有上传。请降低扫描分辨率、压缩或者分成几个文件，再上传。`;
    return new DomainError('too-large', 'too-large', detail, [{ pointer: '/file', code: 'too-large', detail }]);
  }
}
