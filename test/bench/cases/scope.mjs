// What row security costs: the program's own statements under it, and under a role that passes it. The statements carry the reader's
// scope themselves (lists by audience, walks along places, ids from the search), so that both answer the same rows.
import { STAFF, inTurns, load, logIn, middle, poolLike, ratioOf, replay } from '../harness.mjs';
import { connect } from '../cluster.mjs';

const FREE = 'bench_free';

export async function scope({ program, url, rounds, seconds }) {
  const owner = await connect(url);
  await owner.query(`drop role if exists ${FREE}`);
  await owner.query(`create role ${FREE} bypassrls in role zongzhi_app`);
  await owner.end();
  const clerk = await logIn(program, STAFF.clerk);
  const questions = {
    'scope-worklist': ['a worklist page of 50', '/worklist?tab=to-do&limit=50'],
    'scope-count': ['counts of all tabs', '/worklist/counts'],
    'scope-list': ['matters of a center, the latest 50', '/disputes?limit=50'],
    'scope-search': ['search for a word of two characters', `/search?text=${encodeURIComponent('漏水')}`],
  };
  const results = [];
  for (const [key, [what, path]] of Object.entries(questions)) {
    for (let i = 0; i < 3; i += 1) await clerk.call('GET', path);
    const captured = await clerk.capture('GET', path);
    const on = poolLike(captured, 4);
    const off = poolLike(
      {
        connection: {
          ...captured.connection,
          options: captured.connection.options.replace('role=zongzhi_app', `role=${FREE}`),
        },
      },
      4,
    );
    const [a, b] = [await replay(on, captured), await replay(off, captured)];
    if (a.rows !== b.rows) throw new Error(`${path}: rows ${a.rows} under row security, ${b.rows} without`);
    const found = await inTurns(
      {
        anchor: (isFirst) => load(() => replay(off, captured), { seconds: isFirst ? 1 : seconds, clients: 4 }),
        ours: (isFirst) => load(() => replay(on, captured), { seconds: isFirst ? 1 : seconds, clients: 4 }),
      },
      rounds,
    );
    await Promise.all([on.end(), off.end()]);
    results.push({
      key,
      what: `row security on ÷ off: ${what}`,
      ...ratioOf(found.ours, found.anchor, 'p50'),
      notes: `${middle(found.ours, 'p50').toFixed(1)} ms against ${middle(found.anchor, 'p50').toFixed(1)} ms`,
    });
  }
  return results;
}
