import { DomainError } from '../../kernel';
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

/** Where a page of a list by instant and id ends. */
export const momentCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`;

const MOMENT = /^(-?\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Instant and id after which the page begins; nulls for the first page. @throws DomainError 400 for a mark of no such list */
export function momentAfter(cursor: string | undefined): [at: Date | null, id: string | null] {
  const parts = cursorParts(cursor, MOMENT, ['ms', 'id']);
  return parts === null ? [null, null] : [new Date(Number(parts.ms)), parts.id];
}

/** The groups of `shape` by their names, in order; null for the first page. @throws DomainError 400 for another shape */
export function cursorParts<Name extends string>(
  cursor: string | undefined,
  shape: RegExp,
  names: readonly Name[],
): Record<Name, string> | null {
  if (cursor === undefined) return null;
  const [, ...groups] = shape.exec(cursor) ?? [];
  if (groups.length !== names.length) throw malformedCursor();
  return Object.fromEntries(names.map((name, index) => [name, groups[index]])) as Record<Name, string>;
}

/** A paging mark that no page has answered (400). */
export function malformedCursor(): DomainError {
  const detail = '翻页标记有误，请从第一页重新查询。';
  return new DomainError('malformed', 'malformed-cursor', detail, [
    { pointer: '/cursor', code: 'malformed-cursor', detail },
  ]);
}
