import { Header, StreamableFile, applyDecorators } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';

/** Headers of a file that a browser must neither guess about nor run, nor show inside our pages. */
export const InertPdf = (): MethodDecorator =>
  applyDecorators(
    Header('Content-Security-Policy', "default-src 'none'; sandbox"),
    Header('X-Content-Type-Options', 'nosniff'),
    Header('Cross-Origin-Resource-Policy', 'same-origin'),
    ApiProduces('application/pdf'),
  );

/** A PDF for saving under a Chinese name (RFC 6266: a plain name for old programs, the real one beside it). */
export function pdfAnswer({ bytes, fileName }: { bytes: Buffer; fileName: string }): StreamableFile {
  const encoded = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new StreamableFile(bytes, {
    type: 'application/pdf',
    disposition: `attachment; filename="paper.pdf"; filename*=UTF-8''${encoded}`,
    length: bytes.length,
  });
}
