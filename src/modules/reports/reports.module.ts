import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DocumentsModule } from '../documents';
import { StatisticsModule } from '../statistics';
import { MappingsController } from './api/mappings.controller';
import { ReportsController } from './api/reports.controller';
import { Counting } from './application/counting';
import { KeepMappings } from './application/keep-mappings';
import { KeepPrevention } from './application/keep-prevention';
import { KeepReports } from './application/keep-reports';
import { ReadReports } from './application/read-reports';
import { ReportFiles } from './application/report-files';
import { Reports } from './application/reports';
import { WrittenReports } from './application/written-reports';
import { PreventionRecord, Report, ReportCorrection, ReportFact, ReportMapping } from './persistence/report.entity';

/** 统计报表: tables that foot, periods that are frozen and explain what has changed since. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Report, ReportFact, ReportCorrection, ReportMapping, PreventionRecord]),
    DocumentsModule,
    StatisticsModule,
  ],
  controllers: [ReportsController, MappingsController],
  providers: [Counting, WrittenReports, Reports, KeepReports, ReadReports, ReportFiles, KeepMappings, KeepPrevention],
})
export class ReportsModule {}
