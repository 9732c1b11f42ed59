import type { Client } from 'pg';
import type { TestApp } from '../../support/test-app';
import { Histories } from './histories';
import { keepFigures } from './stage';

/** Random lives of matters, written straight into the tables, with their cases left as the ends of their acts would. */
export async function livesOf(t: TestApp, seed: number): Promise<(count: number) => Promise<void>> {
  const { world } = t;
  const first = async (sql: string, value: string): Promise<string[]> =>
    (await t.sql<{ id: string }>(sql, [value])).map((row) => row.id);
  const rule = 'select id from deadline_rule where rule_id = $1 and center_id is null limit 1';
  const histories = new Histories(
    world,
    seed,
    await first('select id from committee where center_id = $1 order by id', world.centerId),
    [world.gridId, world.communityId, world.streetId, world.districtId],
    (await first(rule, 'mediation.people'))[0] ?? '',
    (await first(rule, 'summons.progress.sign'))[0] ?? '',
  );
  const matters = async (): Promise<string[]> =>
    (await t.sql<{ id: string }>('select id from dispute')).map((row) => row.id);
  return async (count) => {
    const known = new Set(await matters());
    for (let n = 0; n < count; n += 1) histories.tell();
    await histories.write({ query: (text: string, values?: unknown[]) => t.sql(text, values) } as unknown as Client);
    await keepFigures(
      t,
      (await matters()).filter((id) => !known.has(id)),
    );
  };
}
