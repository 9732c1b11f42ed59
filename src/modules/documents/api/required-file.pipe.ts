import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '../../../kernel';

interface ReceivedFile {
  readonly buffer: Buffer;
  readonly size: number;
}

/** The bytes of the uploaded file; a request without one is malformed. */
@Injectable()
export class RequiredFile implements PipeTransform<ReceivedFile | undefined, Buffer> {
  transform(file: ReceivedFile | undefined): Buffer {
    if (file && file.size > 0) return file.buffer;
    const detail = '请选择要核验的 PDF 文件。';
    throw new DomainError('malformed', 'verification.no-file', detail, [
      { pointer: '/file', code: 'verification.no-file', detail },
    ]);
  }
}
