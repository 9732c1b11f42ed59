import { Module } from '@nestjs/common';
import { StatisticsController } from './api/statistics.controller';
import { ExportFigures } from './application/export-figures';
import { ListCases } from './application/list-cases';
import { ReadDefinitions } from './application/read-definitions';
import { ReadFigures } from './application/read-figures';

/** Figures with their definitions and the cases behind them. */
@Module({
  controllers: [StatisticsController],
  providers: [ReadDefinitions, ReadFigures, ListCases, ExportFigures],
})
export class StatisticsModule {}
