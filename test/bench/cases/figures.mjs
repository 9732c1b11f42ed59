// Dashboards: figures and the morning page as the desk asks for them, one reader at a time.
import { BUSY_CENTER, CITY, STAFF, alone, inTurns, logIn, middle, poolLike, ratioOf, replay } from '../harness.mjs';

const DAY = 86_400_000;
const civil = (back) => new Date(Date.now() + 8 * 3_600_000 - back * DAY).toISOString().slice(0, 10);

/** By name: the question. Over the province, a district with what is below it, and one center. */
export function dashboards() {
  const year = `from=${civil(364)}&to=${civil(0)}`;
  const months = `from=${civil(364).slice(0, 8)}01&to=${civil(0)}`;
  return {
    registered: `/statistics/figures?${year}&figure=registered`,
    types: `/statistics/figures?${year}&figure=agreed&by=type-1`,
    branches: `/statistics/figures?${year}&figure=settled&by=branch`,
    centers: `/statistics/figures?${months}&centerId=${CITY}&isWithBelow=true&figure=settled&by=center`,
    trend: `/statistics/figures?${months}&figure=on-time&by=month`,
    center: `/statistics/figures?${year}&centerId=${BUSY_CENTER}&figure=performed`,
    mediators: `/statistics/figures?${year}&centerId=${BUSY_CENTER}&figure=agreed&by=mediator`,
    morning: '/supervision/morning',
    'morning-center': `/supervision/morning?centerId=${BUSY_CENTER}`,
  };
}

const WORDS = {
  registered: 'registered in a year, all centers',
  types: 'agreed in a year by type, all centers',
  branches: 'settled in a year by the places below, all centers',
  centers: 'settled in a year by center, a city of two hundred centers',
  trend: 'on time by month of a year, all centers',
  center: 'performed in a year, the busiest center',
  mediators: 'agreed in a year by mediator, the busiest center',
  morning: 'the ten sentences of the morning, all centers',
  'morning-center': 'the ten sentences of the morning, the busiest center',
};

export async function figures({ program, rounds, captured }) {
  const superior = await logIn(program, STAFF.superior);
  const { connection } = captured ?? (await superior.capture('GET', '/disputes?limit=1'));
  const pool = poolLike({ connection }, 1);
  const results = [];
  for (const [name, path] of Object.entries(dashboards())) {
    // What has never been read comes from the disk, for which a request may not wait so long: then it is asked again.
    for (let i = 0; i < 8; i += 1) await superior.call('GET', path).catch(() => undefined);
    const { rounds: found, ...held } = await alone(pool, () => superior.call('GET', path), rounds);
    results.push({
      key: `figure-${name}`,
      what: WORDS[name],
      ...held,
      ratio: middle(found, 'p95'),
      least: Math.min(...found.map(({ p95 }) => p95)),
      most: Math.max(...found.map(({ p95 }) => p95)),
      p50: middle(found, 'p50'),
      notes: `median ${middle(found, 'p50').toFixed(1)} ms`,
    });
  }
  await pool.end();
  return results;
}

/** Registrations by node-pg with the statement that keeps figures, and without: at many centers, and all at one. */
export async function writeCost({ program, rounds, seconds }) {
  const { dispute } = await import('./requests.mjs');
  const { load } = await import('../harness.mjs');
  const many = await Promise.all(
    [BUSY_CENTER_NUMBER, 112, 313, 514, 715, 916, 1117, 1318].map(async (c) => [c, await logIn(program, `clerk-${c}`)]),
  );
  const centerOf = (c) => `01900000-0000-7010-8000-${c.toString(16).padStart(12, '0')}`;
  const since = Date.now();
  const captures = { one: [], spread: [] };
  for (let i = 0; i < 32; i += 1) {
    const [c, clerk] = many[i % many.length];
    captures.spread.push(await clerk.capture('POST', '/disputes', { ...dispute(), centerId: centerOf(c) }));
    captures.one.push(await many[0][1].capture('POST', '/disputes', dispute()));
  }
  const without = (capture) => ({
    ...capture,
    statements: capture.statements.filter(({ text }) => !text.includes('app.keep_figures')),
  });
  if (without(captures.one[0]).statements.length === captures.one[0].statements.length)
    throw new Error('Nothing keeps figures');
  const pool = poolLike(captures.one[0]);
  const results = [];
  let turn = 0;
  for (const [where, list] of Object.entries(captures)) {
    const bare = list.map(without);
    const found = await inTurns(
      {
        anchor: (isFirst) =>
          load(() => replay(pool, bare[(turn += 1) % bare.length], since), { seconds: isFirst ? 1 : seconds }),
        ours: (isFirst) =>
          load(() => replay(pool, list[(turn += 1) % list.length], since), { seconds: isFirst ? 1 : seconds }),
      },
      rounds,
    );
    const { ratio, least, most, ...rest } = ratioOf(found.anchor, found.ours, 'rate');
    results.push({
      key: `write-${where}`,
      what: `registration with figures kept ÷ without, ${where === 'one' ? 'all at one center' : 'at eight centers'}`,
      ratio,
      least,
      most,
      ...rest,
      notes: `${middle(found.ours, 'rate').toFixed(0)} a second against ${middle(found.anchor, 'rate').toFixed(0)}`,
    });
  }
  await pool.end();
  return results;
}

const BUSY_CENTER_NUMBER = Number.parseInt(BUSY_CENTER.slice(-12), 16);
