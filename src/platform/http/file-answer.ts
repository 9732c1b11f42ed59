import { Header, StreamableFile, applyDecorators } from '@nestjs/common';
import type { Readable } from 'node:stream';

export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Bytes for saving, never for showing: whatever they hold, a browser neither renders nor runs them in our name. */
export function fileAnswer(file: { bytes: Buffer; mediaType: string; fileName: string }): StreamableFile {
  const { bytes, mediaType, fileName } = file;
  return new StreamableFile(bytes, { type: mediaType, disposition: dispositionOf(fileName), length: bytes.length });
}

/** As `fileAnswer`, piece by piece: for what is too large to be held, or is written while it is read and has no size yet. */
export function streamAnswer(file: {
  content: Readable;
  size?: number;
  mediaType: string;
  fileName: string;
}): StreamableFile {
  const { content, size, mediaType, fileName } = file;
  return new StreamableFile(content, {
    type: mediaType,
    disposition: dispositionOf(fileName),
    ...(size === undefined ? {} : { length: size }),
  });
}

/** Headers of an inert download. */
export const InertFile = (): MethodDecorator =>
  applyDecorators(
    Header('X-Content-Type-Options', 'nosniff'),
    Header('Content-Security-Policy', "default-src 'none'; sandbox"),
    Header('Cross-Origin-Resource-Policy', 'same-origin'),
    Header('Cache-Control', 'private, no-store'),
  );

/** `attachment; filename*=UTF-8''…` (RFC 6266, RFC 8187): the name survives whatever its script. */
export function dispositionOf(fileName: string): string {
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
