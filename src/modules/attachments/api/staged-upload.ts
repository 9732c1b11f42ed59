import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import type { MulterModuleOptions } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Request } from 'express';
import { diskStorage } from 'multer';
import { type Observable, finalize } from 'rxjs';
import type { Config } from '../../../config';
import type { StagedFile } from '../application/received-files';
import { discardStaged, stagingFolder } from '../application/staging';

export const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** One file a request, on disk under a name of our own. Names arrive in UTF-8 and are neither cut nor cleaned. */
export function uploadOptions(config: Config): MulterModuleOptions {
  const folder = stagingFolder(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    storage: diskStorage({
      destination: folder,
      filename: (_request, _file, done) => {
        done(null, randomUUID());
      },
    }),
    // Multer's own default is latin1, which garbles Chinese names; it would also cut a path off without a word.
    defParamCharset: 'utf8',
    preservePath: true,
    limits: {
      fileSize: MAX_FILE_BYTES,
      files: 1,
      fields: 20,
      parts: 21,
      fieldSize: 20_000,
      fieldNameSize: 100,
      headerPairs: 50,
    },
  };
}

/** Removes the staged upload when the request is over, however it ends. */
@Injectable()
export class DiscardStagedUpload implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    return next.handle().pipe(
      finalize(() => {
        const path = request.file?.path;
        if (path !== undefined) void discardStaged(path);
      }),
    );
  }
}

/** From the parser's words to ours. */
export class StagedUploadPipe implements PipeTransform<Express.Multer.File | undefined, StagedFile | undefined> {
  transform(file: Express.Multer.File | undefined): StagedFile | undefined {
    return file === undefined ? undefined : { path: file.path, originalName: file.originalname };
  }
}
