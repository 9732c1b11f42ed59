import { Header, StreamableFile, applyDecorators } from '@nestjs/common';
import type { FileToServe } from '../application/read-attachments';
import { dispositionOf } from '../domain/file-name';

/** Bytes for saving, never for showing: whatever they hold, a browser neither renders nor runs them in our name. */
export function fileAnswer({ bytes, mediaType, fileName }: FileToServe): StreamableFile {
  return new StreamableFile(bytes, { type: mediaType, disposition: dispositionOf(fileName), length: bytes.length });
}

/** Headers of an inert download. */
export const InertFile = (): MethodDecorator =>
  applyDecorators(
    Header('X-Content-Type-Options', 'nosniff'),
    Header('Content-Security-Policy', "default-src 'none'; sandbox"),
    Header('Cross-Origin-Resource-Policy', 'same-origin'),
    Header('Cache-Control', 'private, no-store'),
  );
