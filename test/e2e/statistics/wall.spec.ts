import { must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { keepFigures, tell } from './stage';

interface Wall {
  readonly name: string;
  readonly day: readonly { figure: string; count: number | null }[];
  readonly year: readonly { figure: string; count: number | null; ratio: number | null; isSuppressed: boolean }[];
  readonly trend: { readonly months: string[]; readonly lines: readonly { figure: string; values: number[] }[] };
  readonly types: readonly { key: string; value: number | null }[];
  readonly areaBy: string;
  readonly areas: readonly { name: string; value: number | null }[];
  readonly lights: { readonly red: number; readonly yellow: number };
}
interface Map {
  readonly by: string | null;
  readonly areas: readonly { unitId: string; name: string; points: { x: number; y: number }[] | null }[];
  readonly allowedActs: string[];
}

describe('the screen on the wall and the sketch of areas (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let director: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    director = await t.as('director');
    const ids = await tell(t, [
      ...Array.from({ length: 7 }, () => ({ registered: '2026-09-18', type: 'property', accepted: '2026-09-18' })),
      ...Array.from({ length: 6 }, () => ({ registered: '2026-03-02', type: 'family.divorce' })),
      ...Array.from({ length: 3 }, (_, i) => ({
        registered: '2026-03-02',
        type: 'medical',
        accepted: '2026-03-03',
        ...(i === 0
          ? { agreement: { effective: '2026-03-20' } }
          : { ending: { on: '2026-03-20', state: 'terminated' as const, code: 'irreconcilable' } }),
      })),
    ]);
    await t.sql("set session_replication_role = 'replica'");
    await t.sql('update dispute set place_unit_id = $2 where id = any ($1)', [ids, t.world.communityId]);
    await t.sql("set session_replication_role = 'origin'");
    await keepFigures(t, ids);
  });
  afterAll(() => t.close());

  it('says numbers of the same questions, and leaves out what could be recognised', async () => {
    const wall = must<Wall>(await director.get(`/statistics/wall?centerId=${t.world.centerId}`), 200);
    expect(wall.name).toBe('新城区综治中心');
    expect(wall.day.map((f) => [f.figure, f.count])).toEqual([
      ['registered', 7],
      ['accepted', 7],
      ['closed', 0],
    ]);
    expect(wall.year.find((f) => f.figure === 'registered')?.count).toBe(16);
    // One of three agreed: three are too few for a rate.
    expect(wall.year.find((f) => f.figure === 'agreed')).toMatchObject({ ratio: null, isSuppressed: true });
    expect(wall.year.find((f) => f.figure === 'performed')).toMatchObject({ ratio: null, isSuppressed: false });
    // The three of the clinic, and the next smallest with them.
    expect(wall.types.map((g) => [g.key, g.value])).toEqual([
      ['property', 7],
      ['family', null],
      ['medical', null],
    ]);
    expect(wall.areaBy).toBe('street');
    expect(wall.areas.map((a) => [a.name, a.value])).toEqual([['通道街街道', 16]]);
    expect(wall.trend.months).toHaveLength(12);
    expect(wall.trend.lines.find((l) => l.figure === 'registered')?.values.slice(-7)).toEqual([9, 0, 0, 0, 0, 0, 7]);
    expect(JSON.stringify(wall)).not.toMatch(/第9|刘调解/);
    expect((await (await t.as('mediator')).get('/statistics/wall')).status).toBe(403);
    expect((await director.get(`/statistics/wall?centerId=${t.world.foreignCenterId}`)).status).toBe(404);
    expect((await t.anonymous.get('/statistics/wall')).status).toBe(401);
  });

  it('is drawn by the center itself, of its own areas, each once; leaders see it', async () => {
    const path = `/centers/${t.world.centerId}/area-map`;
    const before = must<Map>(await director.get(path), 200);
    expect(before).toMatchObject({
      by: 'street',
      areas: [{ unitId: t.world.streetId, name: '通道街街道', points: null }],
      allowedActs: ['statistics.draw-map'],
    });
    const points = [
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 30 },
    ];
    const draw = (by: Caller, shapes: object[]) => by.post(path, { shapes });
    const shape = { unitId: t.world.streetId, points };
    expect((await draw(await t.as('supervisor'), [shape])).status).toBe(403);
    expect((await draw(director, [{ ...shape, points: points.slice(1) }])).status).toBe(400);
    expect((await draw(director, [{ ...shape, unitId: t.world.communityId }])).status).toBe(422);
    expect((await draw(director, [shape, shape])).status).toBe(422);
    expect(must<Map>(await draw(director, [shape]), 200).areas[0]?.points).toEqual(points);
    expect(must<Map>(await (await t.as('supervisor')).get(path), 200)).toMatchObject({
      areas: [{ points }],
      allowedActs: [],
    });
    expect((await (await t.as('director:foreign')).get(path)).status).toBe(403);
    expect(must<Map>(await draw(director, []), 200).areas[0]?.points).toBeNull();
    expect(await t.sql("select count(*)::int as n from audit_entry where act = 'statistics.draw-map'")).toEqual([
      { n: 2 },
    ]);
  });
});
