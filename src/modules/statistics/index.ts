export type { FigureQuestion } from './application/figure-question';
export { type CaseQuestion, Figures, type Tally } from './application/figures';
export { comparisonCn } from './application/figure-words';
export { RECOGNISABLE_BELOW, WITHHELD, WITHHELD_WHY } from './domain/suppression';
export type { Breakdown } from './domain/breakdowns';
export { type Figure, FIGURE_CODES, FIGURES } from './domain/figures';
export { StatisticsModule } from './statistics.module';
