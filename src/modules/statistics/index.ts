export type { FigureQuestion } from './application/figure-question';
export { type CaseQuestion, Figures, type Tally } from './application/figures';
export type { Breakdown } from './domain/breakdowns';
export { type Figure, FIGURES } from './domain/figures';
export { StatisticsModule } from './statistics.module';
