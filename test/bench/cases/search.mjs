// Search over the API against LIKE without an index over the same words and the same scope: thirteen classes of terms, chosen by how
// often they occur in this very province. Every matter that LIKE finds must be found.
import { performance } from 'node:perf_hooks';
import { BUSY_CENTER, STAFF, STEADY, at, logIn } from '../harness.mjs';
import { connect } from '../cluster.mjs';
import { median } from '../report.mjs';

const TERMS = 6;
/** Of a frequent term the first pages are enough. */
const PAGES = 12;
/** LIKE reads everything whatever the word is: beyond so many seconds of it, it is asked for one term of a class and in one round. */
const LONG_MS = 4000;

/** Terms of a length in a band of frequency, from the words of a sample. */
function termsOf(sample, length, [low, high], isName) {
  const counts = new Map();
  for (const words of sample) {
    const seen = new Set();
    for (const line of words.split('\n')) {
      const characters = Array.from(line);
      if (isName && (characters.length !== length || !/^\p{Script=Han}+$/u.test(line))) continue;
      for (let i = 0; i + length <= characters.length; i += 1) seen.add(characters.slice(i, i + length).join(''));
    }
    for (const term of seen) if (/^\p{L}+$/u.test(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const fit = [...counts]
    .filter(([, n]) => n / sample.length > low && n / sample.length <= high)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Array.from({ length: Math.min(TERMS, fit.length) }, (_, i) => fit[Math.floor((i * fit.length) / TERMS)][0]);
}

const RARE = [0, 0.002];
const MIDDLE = [0.005, 0.05];
const COMMON = [0.1, 1];

export async function search({ program, url, rounds }) {
  const clerk = await logIn(program, STAFF.clerk);
  const client = await connect(url);
  await client.query(
    'set jit = off; set enable_indexscan = off; set enable_bitmapscan = off; set statement_timeout = 0',
  );
  const { rows } = await client.query(
    'select words from app.matter_search where center_id = $1 order by dispute_id limit 5000',
    [BUSY_CENTER],
  );
  const sample = rows.map(({ words }) => words);
  const classes = {
    'one character, common': termsOf(sample, 1, COMMON),
    'one character, rare': termsOf(sample, 1, RARE),
    ...Object.fromEntries(
      [2, 3, 4].flatMap((n) => [
        [`${n} characters, common`, termsOf(sample, n, COMMON)],
        [`${n} characters, middling`, termsOf(sample, n, MIDDLE)],
        [`${n} characters, rare`, termsOf(sample, n, RARE)],
      ]),
    ),
    'names of two': termsOf(sample, 2, [0, 1], true),
    'names of three': termsOf(sample, 3, [0, 1], true),
  };
  const path = (term, cursor) =>
    `/search?limit=20&text=${encodeURIComponent(term)}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
  // What is true may be found along the places; only the anchor reads everything.
  const truthful = await connect(url);
  await truthful.query('set jit = off; set statement_timeout = 0');
  const like = (term) =>
    truthful.query(
      "select dispute_id as id from app.matter_search where center_id = $1 and words like '%' || $2 || '%' order by registered_at desc, dispute_id desc",
      [BUSY_CENTER, term],
    );
  const likeAll = (term) =>
    client.query(
      "select dispute_id as id from app.matter_search where words like '%' || $1 || '%' order by registered_at desc, dispute_id desc limit 20",
      [term],
    );
  const [ours, theirs] = [[], []];
  let [wanted, found] = [0, 0];
  const slowest = {};
  const byRound = [];
  for (const [name, terms] of Object.entries(classes)) {
    for (const [nth, term] of terms.entries()) {
      const truth = (await like(term)).rows.map(({ id }) => id);
      const met = new Set();
      let cursor;
      for (let page = 0; page < PAGES; page += 1) {
        const answer = await clerk.json('GET', path(term, cursor));
        for (const item of answer.items) met.add(item.disputeId ?? item.id);
        cursor = answer.nextCursor ?? undefined;
        if (cursor === undefined) break;
      }
      // Whole names come first whenever they were: of a term with more pages than these only how many there are is held.
      if (cursor === undefined) {
        wanted += truth.length;
        found += truth.filter((id) => met.has(id)).length;
      } else {
        wanted += Math.min(truth.length, PAGES * 20);
        found += Math.min(met.size, truth.length);
      }
      for (let round = 0; round < rounds; round += 1) {
        const arms = [
          async () => {
            const start = performance.now();
            await clerk.call('GET', path(term));
            const took = performance.now() - start;
            ours.push(took);
            (slowest[name] ??= []).push(took);
          },
          async () => {
            if (round > 1 || (Math.min(...theirs) > LONG_MS && theirs.length > 0 && (round > 0 || nth > 0))) return;
            const start = performance.now();
            await likeAll(term);
            theirs.push(performance.now() - start);
            (byRound[round] ??= []).push(theirs.at(-1));
          },
        ];
        for (const arm of round % 2 === 0 ? arms : arms.reverse()) await arm();
      }
    }
  }
  await Promise.all([client.end(), truthful.end()]);
  // The same terms were asked in each round of the anchor.
  const medians = byRound.map(median);
  const steadiness = Math.max(...medians) / Math.min(...medians);
  const [worst] = Object.entries(slowest).sort(([, a], [, b]) => at(0.95, b) - at(0.95, a));
  return [
    {
      key: 'search',
      what: 'search, p95 of thirteen classes of terms ÷ LIKE without an index',
      ratio: at(0.95, ours) / at(0.95, theirs),
      steadiness,
      isSteady: steadiness <= STEADY,
      p95: at(0.95, ours),
      notes: `p95 ${at(0.95, ours).toFixed(0)} ms (median ${median(ours).toFixed(0)}) against ${at(0.95, theirs).toFixed(0)} ms; slowest: ${worst[0]}, p95 ${at(0.95, worst[1]).toFixed(0)} ms`,
    },
    {
      key: 'search-recall',
      what: 'of what LIKE finds, found',
      ratio: found / wanted,
      isSteady: true,
      notes: `${found} of ${wanted}`,
    },
  ];
}
