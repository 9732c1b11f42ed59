import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { memoryStorage } from 'multer';
import { FilesModule } from '../../platform/files';
import { DisputesModule } from '../disputes';
import { ExportsController } from './api/exports.controller';
import { MOST_BYTES } from './api/import.request';
import { ImportsController } from './api/imports.controller';
import { ExportMatters, ReadExports } from './application/export-matters';
import { ImportLedger } from './application/import-ledger';
import { ImportRowStore } from './application/import-row-store';
import { ImportSweeper } from './application/import-sweeper';
import { ReadImports } from './application/read-imports';
import { ExportJob } from './persistence/export-job.entity';
import { ImportJob, ImportRow } from './persistence/import-job.entity';

/** Lists that leave as files, and old ledgers that come in as such. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ExportJob, ImportJob, ImportRow]),
    FilesModule,
    DisputesModule,
    // In memory and nowhere else: an old ledger names hundreds of people.
    MulterModule.register({
      storage: memoryStorage(),
      defParamCharset: 'utf8',
      limits: { fileSize: MOST_BYTES, files: 1, fields: 5, parts: 6, fieldSize: 20_000, fieldNameSize: 100 },
    }),
  ],
  controllers: [ExportsController, ImportsController],
  providers: [ExportMatters, ReadExports, ImportLedger, ImportRowStore, ImportSweeper, ReadImports],
})
export class ExchangeModule {}
