import { DomainError } from '../../../kernel';

const CURSOR = /^(\d{10,15})_([0-9a-f-]{36})$/;

/** The place after which a page begins: instant and id of the last row. @throws 400 for a broken mark. */
export function keysetOf(cursor: string | undefined): [Date | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [, ms, id] = CURSOR.exec(cursor) ?? [];
  if (ms === undefined || id === undefined) throw malformedCursor();
  return [new Date(Number(ms)), id];
}

export const malformedCursor = (): DomainError =>
  new DomainError('malformed', 'malformed-cursor', '翻页标记有误，请从第一页重新查询。');
