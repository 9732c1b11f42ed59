import { Module } from '@nestjs/common';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { AreaMapController } from './api/area-map.controller';
import { StatisticsController } from './api/statistics.controller';
import { WallController } from './api/wall.controller';
import { AreaMap } from './application/area-map';
import { ExportFigures } from './application/export-figures';
import { FigureReport } from './application/figure-report';
import { Figures } from './application/figures';
import { KeepFigures } from './application/keep-figures';
import { ListCases } from './application/list-cases';
import { ReadDefinitions } from './application/read-definitions';
import { ReadFigures } from './application/read-figures';
import { WallBoard } from './application/wall-board';

/** Figures with their definitions and the cases behind them. */
@Module({
  imports: [DisputesModule, DocumentsModule],
  controllers: [StatisticsController, WallController, AreaMapController],
  providers: [
    Figures,
    KeepFigures,
    ReadDefinitions,
    ReadFigures,
    ListCases,
    ExportFigures,
    FigureReport,
    WallBoard,
    AreaMap,
  ],
  exports: [Figures],
})
export class StatisticsModule {}
