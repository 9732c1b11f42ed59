import type { Chart } from '../../charts';
import type { Column, PageSetup, ParagraphStyle } from './template-ast';

/** A stretch of final text. It is only ever drawn, never parsed again. */
export interface Run {
  readonly text: string;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
  /** What a person calls the place of this text when something is wrong with it. */
  readonly place: string;
  /** JSON pointer into the data; empty for the template's own text. */
  readonly pointer: string;
}

export interface TableRow {
  readonly isHead: boolean;
  readonly cells: readonly (readonly Run[])[];
}

export interface SignatureSlot {
  /** Name of the slot, unique on the paper; marks are handed in under it. */
  readonly slot: string;
  readonly label: readonly Run[];
}

export type DocumentBlock =
  | { readonly kind: 'paragraph'; readonly style: ParagraphStyle; readonly runs: readonly Run[] }
  | { readonly kind: 'ruled'; readonly minLines: number; readonly paragraphs: readonly (readonly Run[])[] }
  /** Mongolian, in columns from left to right. */
  | { readonly kind: 'vertical'; readonly paragraphs: readonly (readonly Run[])[] }
  | { readonly kind: 'space'; readonly lines: number }
  | { readonly kind: 'pagebreak' }
  | { readonly kind: 'keep'; readonly blocks: readonly DocumentBlock[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'signatures'; readonly columns: number; readonly slots: readonly SignatureSlot[] }
  | { readonly kind: 'seal'; readonly lines: readonly (readonly Run[])[] }
  | { readonly kind: 'qr' }
  | {
      readonly kind: 'grid';
      readonly columns: readonly Column[];
      readonly head: readonly (readonly HeadCell[])[];
      readonly rows: readonly (readonly Run[])[];
    }
  | { readonly kind: 'chart'; readonly chart: Chart; readonly alt: string };

/** A cell of a head with what it reaches over; a cell that another one covers is left out. */
export interface HeadCell {
  readonly run: Run;
  readonly across: number;
  readonly down: number;
}

/** A paper with its values in place, before anything is measured. */
export interface PaperDocument {
  readonly name: string;
  readonly page: PageSetup;
  readonly mostPages: number;
  readonly blocks: readonly DocumentBlock[];
  /** All personal names among the values; each is drawn in one face. */
  readonly names: readonly string[];
  readonly footer: (
    page: number,
    pages: number,
  ) => { left: readonly Run[]; center: readonly Run[]; right: readonly Run[] };
}
