import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { definedLifecycles } from '../auth';
import { ProblemResponse } from './problem';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI description of everything the application serves under /api. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('综治中心矛盾纠纷调解系统接口')
    .setDescription(
      '登记、受理、调解、吹哨、协议、文书。错误一律为 application/problem+json（RFC 9457），程序按 code 判断。' +
        '有后果的 POST 须带 Idempotency-Key；修改须带 If-Match（读取时返回的 ETag）。金额单位为分；时间为带时区的 ISO 8601。',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '登录后取得的 accessToken' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemResponse],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      if (method === 'post' && !(operation as { 'x-without-effect'?: boolean })['x-without-effect']) {
        operation.parameters = [
          ...(operation.parameters ?? []),
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            description: '本次提交的唯一键，重试时不变',
            schema: { type: 'string', minLength: 8, maxLength: 200 },
          },
        ];
      }
      if (['put', 'patch', 'delete'].includes(method)) {
        operation.parameters = [
          ...(operation.parameters ?? []).filter((p) => !('name' in p && p.name === 'If-Match')),
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            description: '读取时返回的 ETag，例如 "3"',
            schema: { type: 'string' },
          },
        ];
      }
    }
  }
  nameValues(document);
  return document;
}

type Names = Readonly<Record<string, string>>;
interface NamedField {
  enum?: readonly string[];
  items?: NamedField;
  'x-labels'?: Names;
}

/** States have the names of their lifecycle, and a set of values that is named in one place has these names everywhere. */
function nameValues(document: OpenAPIObject): void {
  const known = new Map<string, Names>(
    definedLifecycles().map(({ states }) => [setOf(Object.keys(states)), states] as const),
  );
  const fields = Object.values(document.components?.schemas ?? {}).flatMap((schema) =>
    Object.values((schema as { properties?: Record<string, NamedField> }).properties ?? {}),
  );
  for (const field of fields) {
    const names = field['x-labels'];
    if (names !== undefined) known.set(setOf(Object.keys(names)), names);
  }
  for (const field of fields) {
    const values = field.enum ?? field.items?.enum;
    const names = values === undefined ? undefined : known.get(setOf(values));
    if (names !== undefined) field['x-labels'] ??= names;
  }
}

function setOf(values: readonly string[]): string {
  return [...values].sort().join(' ');
}
