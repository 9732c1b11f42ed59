import type { ReportDocument } from './report-document';
import type { Figures } from './tabulate';

/** Words by section, as the director has changed them; figures stand in them as 〔name〕. */
export type Texts = Readonly<Record<string, string>>;

/** What is typed in because no record holds it, by reporting unit, fen. */
export type Typed = Readonly<Record<string, { readonly workFen?: number; readonly subsidyFen?: number }>>;

/** A reporting unit with its figures, as printed. */
export interface NamedRow {
  readonly unit: string;
  readonly name: string;
  readonly figures: Figures;
}

/** What is kept for ever of a frozen report. */
export interface FrozenContent {
  readonly rows: readonly NamedRow[];
  readonly sum: Figures;
  readonly document: ReportDocument;
}
