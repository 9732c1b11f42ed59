import { Header, StreamableFile, applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Headers of a workbook: nothing for a browser to guess about or run. */
export const InertExcel = (): MethodDecorator =>
  applyDecorators(
    Header('Content-Security-Policy', "default-src 'none'; sandbox"),
    Header('X-Content-Type-Options', 'nosniff'),
    Header('Cross-Origin-Resource-Policy', 'same-origin'),
    ApiProduces(XLSX),
    ApiOkResponse({ description: 'Excel 文件', schema: { type: 'string', format: 'binary' } }),
  );

/** A workbook for saving under a Chinese name (RFC 6266). */
export function excelAnswer({ bytes, fileName }: { bytes: Buffer; fileName: string }): StreamableFile {
  const encoded = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new StreamableFile(bytes, {
    type: XLSX,
    disposition: `attachment; filename="statistics.xlsx"; filename*=UTF-8''${encoded}`,
    length: bytes.length,
  });
}
