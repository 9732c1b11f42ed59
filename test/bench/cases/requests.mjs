// What the program adds to its own statements: over HTTP with login, against node-pg sending the very statements that the program was
// seen to send for such requests, over as many connections, in the same transactions.
import {
  BUSY_CENTER,
  STAFF,
  alone,
  inTurns,
  load,
  logIn,
  middle,
  poolLike,
  processorOf,
  ratioOf,
  replay,
} from '../harness.mjs';
import { newMatter } from '../province.mjs';

const CAPTURES = 60;
export const dispute = () => newMatter(BUSY_CENTER);

export async function requests({ program, rounds, seconds }) {
  const clerk = await logIn(program, STAFF.clerk);
  const register = () => clerk.call('POST', '/disputes', dispute());
  for (let i = 0; i < 50; i += 1) await register();
  const since = Date.now();
  const registered = [];
  for (let i = 0; i < CAPTURES; i += 1) registered.push(await clerk.capture('POST', '/disputes', dispute()));
  const pages = [];
  for (const { answer } of registered) pages.push(await clerk.capture('GET', `/disputes/${answer.id}`));
  const first = '/worklist?tab=to-do&limit=50';
  // The tenth page, or the last but one where the list is shorter.
  let deep = first;
  for (let i = 0; i < 9; i += 1) {
    const { nextCursor } = await clerk.json('GET', deep);
    if (nextCursor === null) break;
    deep = `${first}&cursor=${encodeURIComponent(nextCursor)}`;
  }
  const lists = { first: await clerk.capture('GET', first), deep: await clerk.capture('GET', deep) };
  const pool = poolLike(registered[0]);
  let turn = 0;
  const next = () => (turn += 1) % CAPTURES;
  const cases = [
    [
      'register',
      'register a dispute with two parties',
      registered[0],
      register,
      () => replay(pool, registered[next()], since),
    ],
    [
      'matter',
      'read a matter page',
      pages[0],
      () => clerk.call('GET', `/disputes/${registered[next()].answer.id}`),
      () => replay(pool, pages[next()]),
    ],
    ['worklist', 'a worklist page of 50', lists.first, () => clerk.call('GET', first), () => replay(pool, lists.first)],
    [
      'worklist-deep',
      'the same, deep in the list',
      lists.deep,
      () => clerk.call('GET', deep),
      () => replay(pool, lists.deep),
    ],
  ];
  const results = [];
  for (const [key, what, { statements }, ours, theirs] of cases) {
    const found = await inTurns(
      {
        anchor: (isFirst) => load(theirs, { seconds: isFirst ? 1 : seconds }),
        ours: async (isFirst) => {
          const before = processorOf(program.pid);
          const result = await load(ours, { seconds: isFirst ? 1 : seconds });
          return { ...result, cpu: ((processorOf(program.pid) - before) / result.n) * 1000 };
        },
      },
      rounds,
    );
    const { toAnchor, ...single } = await alone(pool, ours, rounds);
    const ratio = ratioOf(found.ours, found.anchor, 'rate');
    results.push({
      key,
      what,
      ...ratio,
      steadiness: Math.max(ratio.steadiness, single.steadiness),
      isSteady: ratio.isSteady && single.isSteady,
      notes: `${middle(found.ours, 'rate').toFixed(0)} a second against ${middle(found.anchor, 'rate').toFixed(0)}; ${statements.length} statements; p50 ${middle(found.ours, 'p50').toFixed(1)} ms, p99 ${middle(found.ours, 'p99').toFixed(1)} ms; ${middle(found.ours, 'cpu').toFixed(2)} ms of processor`,
      toAnchor,
      p50: middle(single.rounds, 'p50'),
    });
  }
  await pool.end();
  return results;
}
