import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '../../platform/files';
import { DisputesModule } from '../disputes';
import { ExportsController } from './api/exports.controller';
import { ExportMatters, ReadExports } from './application/export-matters';
import { ExportJob } from './persistence/export-job.entity';

/** Lists that leave as files. */
@Module({
  imports: [TypeOrmModule.forFeature([ExportJob]), FilesModule, DisputesModule],
  controllers: [ExportsController],
  providers: [ExportMatters, ReadExports],
})
export class ExchangeModule {}
