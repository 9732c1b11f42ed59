import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { memoryStorage } from 'multer';
import { FilesModule } from '../../platform/files';
import { DisputesModule } from '../disputes';
import { PartiesModule } from '../parties';
import { ExportsController } from './api/exports.controller';
import { MOST_BYTES } from './api/import.request';
import { ImportsController } from './api/imports.controller';
import { ExportMappingsController } from './api/mappings.controller';
import { ExportMatters, ReadExports } from './application/export-matters';
import { ImportLedger } from './application/import-ledger';
import { ImportRowStore } from './application/import-row-store';
import { ImportSweeper } from './application/import-sweeper';
import { MappingRecords } from './application/mapping-records';
import { Mappings } from './application/mappings';
import { ReadImports } from './application/read-imports';
import { ExportJob } from './persistence/export-job.entity';
import { ExportMapping } from './persistence/export-mapping.entity';
import { ImportJob, ImportRow } from './persistence/import-job.entity';

/** Lists that leave as files, and old ledgers that come in as such. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ExportJob, ExportMapping, ImportJob, ImportRow]),
    FilesModule,
    DisputesModule,
    PartiesModule,
    // In memory and nowhere else: an old ledger names hundreds of people.
    MulterModule.register({
      storage: memoryStorage(),
      defParamCharset: 'utf8',
      limits: { fileSize: MOST_BYTES, files: 1, fields: 5, parts: 6, fieldSize: 20_000, fieldNameSize: 100 },
    }),
  ],
  controllers: [ExportsController, ImportsController, ExportMappingsController],
  providers: [
    ExportMatters,
    ReadExports,
    ImportLedger,
    ImportRowStore,
    ImportSweeper,
    ReadImports,
    MappingRecords,
    Mappings,
  ],
})
export class ExchangeModule {}
