import type { Tx } from '../../../platform/database';
import { CHANNELS, DISPUTE_TYPES } from '../../disputes';
import type { Breakdown } from '../domain/breakdowns';
import { LEVELS } from '../domain/figures';

const byId = (table: string, name = 'name'): string =>
  `select id::text, ${name} as name from ${table} where id = any ($1::uuid[])`;
const PLACES = `select distinct on (v.unit_id) v.unit_id::text as id, v.name from org_unit_version v
   where v.unit_id = any ($1::uuid[]) order by v.unit_id, v.valid_from desc`;

const NAMES: Partial<Record<Breakdown, string>> = {
  branch: byId('center'),
  center: byId('center'),
  street: PLACES,
  community: PLACES,
  committee: byId('committee'),
  'local-type': byId('local_type'),
  mediator: byId('account', 'display_name'),
  agency: byId('agency'),
};

/** What a group is called on screen and paper; '' is a case that has none of it. */
export async function namesOf(tx: Tx, by: Breakdown, keys: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>([['', by === 'none' ? '合计' : '未填']]);
  const told = keys.filter((key) => key !== '');
  const lookUp = NAMES[by];
  if (lookUp === undefined) {
    for (const key of told) names.set(key, plainName(by, key));
  } else {
    for (const { id, name } of await tx.query<{ id: string; name: string }>(lookUp, [told])) names.set(id, name);
  }
  return names;
}

function plainName(by: Breakdown, key: string): string {
  const [year = '', part = ''] = key.split('-');
  const number = Number(part.replace(/^[QH]/, ''));
  if (by === 'month') return `${year}年${number}月`;
  if (by === 'quarter') return `${year}年第${number}季度`;
  if (by === 'half-year') return `${year}年${number === 1 ? '上' : '下'}半年`;
  if (by === 'year') return `${year}年`;
  const names: Readonly<Record<string, string>> = by === 'channel' ? CHANNELS : by === 'level' ? LEVELS : DISPUTE_TYPES;
  return names[key] ?? key;
}
