import type { PaperPainter } from '../paint/painter';

/** A node of the PDF structure tree; the painter makes the element when something is first drawn for it. */
export interface StructureNode {
  readonly tag: string;
  readonly parent?: StructureNode;
  /** Spoken in place of a drawing. */
  readonly alt?: string;
  /** Language of what it holds, where it is not Chinese. */
  readonly lang?: string;
}

/** How firmly an item stays on one page with the next one. A run of `weak` glue that outgrows a page is cut; `strong` is cut last. */
export type Glue = 'none' | 'weak' | 'strong';

export interface PlaceOnPage {
  /** Left edge of the text area and top edge of the item, in points from the top left corner of the page. */
  readonly x: number;
  readonly y: number;
  readonly isFirstOnPage: boolean;
  readonly isLastOnPage: boolean;
}

/** A slice of the paper that is never cut: a line, a slice of a table row, a row of signatures. */
export interface FlowItem {
  readonly height: number;
  readonly glue: Glue;
  /** Starts a new page before this item. */
  readonly breaksBefore?: boolean;
  /** Vanishes at the top of a page. */
  readonly isSpace?: boolean;
  /** Repeated above this item when it comes first on a page: the head rows of its table. */
  readonly head?: readonly FlowItem[];
  /** The same, lower by so many points, where it can be made so low: a chart that a page has nearly room for stays on it. */
  readonly lowered?: (by: number) => FlowItem | null;
  /** A row in the midst of a long table: nothing keeps it with the next, even where the table is kept. */
  readonly isLoose?: boolean;
  readonly paint: (painter: PaperPainter, place: PlaceOnPage) => void;
}

export interface PlacedItem {
  readonly item: FlowItem;
  /** Points below the top of the text area. */
  readonly top: number;
}
export type PageLayout = readonly PlacedItem[];

/**
 * Distributes items over pages of the given height. Items that are glued go together to the next page; only a run
 * taller than a page is cut, at weak glue first.
 */
export function paginate(items: readonly FlowItem[], pageHeight: number): PageLayout[] {
  const pages: PlacedItem[][] = [[]];
  let used = 0;
  const page = (): PlacedItem[] => pages[pages.length - 1] as PlacedItem[];
  const turn = (): void => {
    pages.push([]);
    used = 0;
  };
  const put = (item: FlowItem): void => {
    if (page().length === 0) {
      if (item.isSpace === true) return;
      for (const head of item.head ?? []) {
        page().push({ item: head, top: used });
        used += head.height;
      }
    }
    page().push({ item, top: used });
    used += item.height;
  };
  const place = (run: readonly FlowItem[], cut: Glue): void => {
    const height = heightOf(run);
    if (used + height <= pageHeight + 0.01) {
      run.forEach(put);
      return;
    }
    const lowered = loweredBy(run, used + height - pageHeight);
    if (lowered !== null) {
      lowered.forEach(put);
      return;
    }
    const head = heightOf(run[0]?.head ?? []);
    if (height + head <= pageHeight + 0.01) {
      if (page().length > 0) turn();
      run.forEach(put);
      return;
    }
    if (run.length === 1) {
      if (page().length > 0) turn();
      run.forEach(put);
      return;
    }
    const parts = cutAt(run, cut);
    for (const part of parts) place(part, cut === 'weak' ? 'strong' : 'none');
  };

  let i = 0;
  while (i < items.length) {
    let end = i + 1;
    while (end < items.length && items[end - 1]?.glue !== 'none' && items[end]?.breaksBefore !== true) end++;
    if (items[i]?.breaksBefore === true && page().length > 0) turn();
    place(items.slice(i, end), 'weak');
    i = end;
  }
  if (pages.length > 1 && page().length === 0) pages.pop();
  return pages;
}

/** The run with its chart as much lower as it must be to fit. */
function loweredBy(run: readonly FlowItem[], by: number): FlowItem[] | null {
  for (const [i, item] of run.entries()) {
    const lower = item.lowered?.(by) ?? null;
    if (lower !== null) return run.with(i, lower);
  }
  return null;
}

function heightOf(items: readonly FlowItem[]): number {
  return items.reduce((sum, item) => sum + item.height, 0);
}

/** Cuts a run after every item whose glue is not firmer than `cut` (`none` cuts everywhere). */
function cutAt(run: readonly FlowItem[], cut: Glue): FlowItem[][] {
  const parts: FlowItem[][] = [[]];
  run.forEach((item, i) => {
    parts[parts.length - 1]?.push(item);
    const isCut = cut === 'none' || cut === 'strong' || item.glue === 'weak';
    if (isCut && i < run.length - 1) parts.push([]);
  });
  // A run of one firmness only cannot be cut here; the next level cuts it everywhere.
  return parts.length === 1 ? run.map((item) => [item]) : parts;
}
