import { type Type, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';

/** The body is a form with one `file`, beside the fields of `Fields` where there are any. */
export function TakesFile(description: string, Fields?: Type): MethodDecorator {
  const file = {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary', description } },
  };
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ...(Fields === undefined
      ? [ApiBody({ schema: file })]
      : [ApiExtraModels(Fields), ApiBody({ schema: { allOf: [{ $ref: getSchemaPath(Fields) }, file] } })]),
  );
}
