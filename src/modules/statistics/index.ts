export { type FigureQuestion, STANDING_CASES } from './application/figure-question';
export { type CaseQuestion, Figures, type Tally } from './application/figures';
export { comparisonCn } from './application/figure-words';
export { isSmall, WITHHELD, WITHHELD_WHY } from './domain/suppression';
export type { Breakdown } from './domain/breakdowns';
export { type Figure, FIGURE_CODES, FIGURES } from './domain/figures';
export { StatisticsModule } from './statistics.module';
