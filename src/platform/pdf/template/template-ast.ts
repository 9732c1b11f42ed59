import type { Contract } from './contract';
import type { Expression } from './expressions';

/** A stretch of a template line: literal text or an expression, with the style that the template gives it. */
export interface InlinePart {
  readonly text?: string;
  readonly expression?: Expression;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
}
export type Inline = readonly InlinePart[];

/**
 * - `title` `heading` `body` (indented two characters, justified) `left` `right` `center` `note` (small)
 * - `fields`: a line of form fields whose underlined blanks share the rest of the line
 */
export type ParagraphStyle = 'title' | 'heading' | 'body' | 'left' | 'right' | 'center' | 'note' | 'fields';

export type TemplateNode =
  | { readonly kind: 'paragraph'; readonly style: ParagraphStyle; readonly inline: Inline; readonly line: number }
  | { readonly kind: 'ruled'; readonly minLines: number; readonly inline: Inline; readonly line: number }
  | { readonly kind: 'vertical'; readonly inline: Inline; readonly line: number }
  | { readonly kind: 'space'; readonly lines: number; readonly line: number }
  | { readonly kind: 'pagebreak'; readonly line: number }
  | { readonly kind: 'keep'; readonly children: readonly TemplateNode[]; readonly line: number }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly collection: Expression;
      readonly children: readonly TemplateNode[];
      readonly line: number;
    }
  | { readonly kind: 'if'; readonly branches: readonly IfBranch[]; readonly line: number }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly children: readonly TemplateNode[];
      readonly line: number;
    }
  | { readonly kind: 'row'; readonly isHead: boolean; readonly cells: readonly Inline[]; readonly line: number }
  | {
      readonly kind: 'signatures';
      readonly columns: number;
      readonly children: readonly TemplateNode[];
      readonly line: number;
    }
  | { readonly kind: 'sign'; readonly slot: Inline; readonly label: Inline; readonly line: number }
  | { readonly kind: 'seal'; readonly cells: readonly Inline[]; readonly line: number }
  | { readonly kind: 'qr'; readonly line: number }
  /** A table or a chart whose columns come with the data. */
  | { readonly kind: 'grid' | 'chart'; readonly source: Expression; readonly line: number };

export interface IfBranch {
  /** Absent for `else`. */
  readonly condition?: Expression;
  readonly children: readonly TemplateNode[];
}

export interface Column {
  readonly weight: number;
  readonly align: 'left' | 'center' | 'right';
}

/** Sheets that papers are printed on. */
export type SheetName = 'A4' | 'A5' | 'A4-across';

/** Page and type sizes in points. */
export interface PageSetup {
  readonly sheet: SheetName;
  readonly margins: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  readonly size: number;
  readonly leading: number;
  /** The leading may shrink to this when that saves a page; equal to `leading` when it must not. */
  readonly minLeading: number;
  readonly titleSize: number;
  /** Characters a line of the 28 × 22 grid of GB/T 9704; absent when the page has no grid. */
  readonly charactersPerLine?: number;
}

export interface Footer {
  readonly left: Inline;
  readonly center: Inline;
  readonly right: Inline;
}

/** A template that passed its check. Nothing in it can be changed by the values that go in. */
export interface PaperTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the template file, lower-case hex. */
  readonly hash: string;
  /** The file as it was read; a worker parses it again under the same hash. */
  readonly source: string;
  readonly file: string;
  readonly contract: Contract;
  readonly page: PageSetup;
  readonly footer: Footer;
  readonly nodes: readonly TemplateNode[];
}
