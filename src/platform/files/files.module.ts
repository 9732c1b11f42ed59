import { Global, Module } from '@nestjs/common';
import { FileStore } from './file-store';

/** The content-addressed store, for every module. */
@Global()
@Module({ providers: [FileStore], exports: [FileStore] })
export class FilesModule {}
