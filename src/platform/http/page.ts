import { Text, Whole } from './fields';

/** Keyset paging: `cursor` is what the page before answered as `nextCursor`. */
export class PageQuery {
  @Whole({ label: '每页条数', min: 1, max: 100, inQuery: true, optional: true, example: 20 })
  limit?: number;

  @Text({
    label: '翻页标记',
    max: 200,
    optional: true,
    description: '上一页返回的 nextCursor',
    pattern: /^[A-Za-z0-9_.:-]+$/,
  })
  cursor?: string;
}

interface Page<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
}

/** Cuts the one row too many that tells that a next page exists. */
export function pageOf<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
