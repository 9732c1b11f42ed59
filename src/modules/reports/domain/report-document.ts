/**
 * A report before it becomes a sheet of Excel, a PDF or a Word file: all of them are drawn from this, so that they say the
 * same. Everything in it is text as printed.
 */
export interface ReportDocument {
  readonly title: string;
  /** The period; empty where the title says it. */
  readonly subtitle: string;
  readonly isWide: boolean;
  readonly sections: readonly ReportSection[];
  /** Definitions and remarks, small, at the end. */
  readonly notes: readonly string[];
  readonly signedBy: string;
  readonly signedOn: string;
}

export interface ReportSection {
  readonly key: string;
  /** Empty where a table stands without one. */
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly grid: Grid | null;
  readonly chart: ReportChart | null;
}

export interface HeadCell {
  readonly text: string;
  readonly across: number;
  readonly down: number;
}

export interface Grid {
  readonly caption: string;
  readonly columns: readonly { readonly weight: number; readonly align: 'left' | 'center' | 'right' }[];
  /** Rows of the head; a cell that another one covers is left out. */
  readonly head: readonly (readonly HeadCell[])[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportChart {
  readonly caption: string;
  readonly kind: 'bar' | 'line';
  readonly unit: string;
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Heads of neighbouring columns that agree from the top down are merged; a short one reaches to the bottom. */
export function mergedHeads(columns: readonly (readonly string[])[]): HeadCell[][] {
  const depth = Math.max(...columns.map((heads) => heads.length));
  const same = (a: number, b: number, level: number): boolean =>
    (columns[a]?.length ?? 0) > level &&
    (columns[b]?.length ?? 0) > level &&
    Array.from({ length: level + 1 }, (_, i) => i).every((i) => columns[a]?.[i] === columns[b]?.[i]);
  return Array.from({ length: depth }, (_, level) => {
    const cells: HeadCell[] = [];
    for (let at = 0; at < columns.length;) {
      const heads = columns[at] ?? [];
      let end = at + 1;
      while (end < columns.length && same(at, end, level)) end++;
      const text = heads[level];
      if (text !== undefined)
        cells.push({ text, across: end - at, down: level === heads.length - 1 ? depth - level : 1 });
      at = end;
    }
    return cells;
  });
}
