// A hundred thousand matters as Excel, fetched while they are written, against COPY of the same rows as CSV by the same role; and
// what a registration waits meanwhile.
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { STAFF, at, inTurns, logIn, middle, ratioOf } from '../harness.mjs';
import { processMemory } from '../report.mjs';
import { connect } from '../cluster.mjs';
import { dashboards } from './figures.mjs';
import { dispute } from './requests.mjs';

const ROWS = 100_000;
const COLUMNS = [
  'registrationNumber',
  'caseNumber',
  'title',
  'channel',
  'disputeType',
  'riskLevel',
  'state',
  'mediationState',
  'headcount',
  'registeredAt',
  'handler',
  'dueOn',
];

/** The latest hundred thousand of the province. */
async function condition(url) {
  const client = await connect(url);
  const { rows } = await client.query(
    "select (registered_at at time zone 'Asia/Shanghai')::date::text as day from dispute order by registered_at desc, id desc offset $1 limit 1",
    [ROWS],
  );
  await client.end();
  return rows[0] === undefined ? {} : { registeredFrom: rows[0].day };
}

async function fetchExcel(person, body) {
  const begun = performance.now();
  let [first, bytes] = [null, 0];
  await person.stream(
    'POST',
    '/exports/matters/file',
    (chunk) => {
      first ??= (performance.now() - begun) / 1000;
      bytes += chunk.length;
    },
    body,
  );
  return { seconds: (performance.now() - begun) / 1000, first, bytes };
}

/**
 * The program reads the terms of the matters that row security lets through without asking row security again. The anchor is given the
 * same, or it would lose twice the time to it: one statement under the same role, with no paging, and nothing turned into words.
 */
async function openTerms(url) {
  const owner = await connect(url);
  await owner.query(`create or replace function bench.terms() returns setof mediation_period language sql stable security definer
    as 'select * from public.mediation_period where ended_at is null'`);
  await owner.query(
    'grant usage on schema bench to zongzhi_app; grant execute on function bench.terms() to zongzhi_app',
  );
  await owner.end();
}

async function copyCsv({ connection }, begin, from) {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin read only');
  await client.query(begin.text, begin.values);
  let bytes = 0;
  client.connection.on('copyData', ({ chunk }) => (bytes += chunk.length));
  const started = performance.now();
  await client.query('set local statement_timeout = 0');
  await client.query(`copy (select d.registration_number, d.case_number, d.title, d.channel, d.dispute_type, d.risk_level, d.state, d.mediation_state, d.headcount,
      d.registered_at, h.display_name, p.current_due_on from dispute d left join account h on h.id = d.handler_account_id
      left join bench.terms() p on p.dispute_id = d.id
      ${from === undefined ? '' : `where d.registered_at >= '${from} 00:00+08'`} order by d.registered_at desc, d.id desc) to stdout (format csv)`);
  const seconds = (performance.now() - started) / 1000;
  await client.query('rollback');
  await client.end();
  return { seconds, bytes };
}

export async function excel({ program, url, rounds }) {
  const superior = await logIn(program, STAFF.superior);
  const query = await condition(url);
  const body = { columns: COLUMNS, ...query };
  const captured = await superior.capture('GET', '/disputes?limit=1');
  const begin = captured.statements.find(({ text }) => text.includes('app.begin_request'));
  await openTerms(url);
  const found = await inTurns(
    { anchor: () => copyCsv(captured, begin, query.registeredFrom), ours: () => fetchExcel(superior, body) },
    rounds,
  );
  const ratio = ratioOf(found.ours, found.anchor, 'seconds');
  return [
    {
      key: 'excel',
      what: 'Excel of 100,000 rows ÷ COPY as CSV',
      ...ratio,
      notes: `${middle(found.ours, 'seconds').toFixed(2)} s against ${middle(found.anchor, 'seconds').toFixed(2)} s; ${(middle(found.ours, 'bytes') / 1e6).toFixed(1)} MB`,
    },
    {
      key: 'excel-first',
      what: 'its first byte',
      ratio: middle(found.ours, 'first'),
      isSteady: ratio.isSteady,
      notes: '',
    },
  ];
}

/** What the program takes while it writes, as it runs for everybody: with nothing in it that tells of its statements. */
export async function excelMemory({ program, url, rounds }) {
  const superior = await logIn(program, STAFF.superior);
  const body = { columns: COLUMNS, ...(await condition(url)) };
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, processMemory('VmRSS', program.pid) / 1024)), 20);
  for (let round = 0; round <= rounds; round += 1) await fetchExcel(superior, body);
  clearInterval(watch);
  return [
    {
      key: 'excel-memory',
      what: 'memory of the program at most',
      ratio: most,
      isSteady: true,
      notes: `of ${rounds + 1} exports one after another, sampled every 20 ms`,
    },
  ];
}

/** Registrations one after another, at a desk's pace. */
async function registrations(clerk, seconds) {
  const times = [];
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    [0, 1].map(async () => {
      while (performance.now() < until) {
        const start = performance.now();
        await clerk.call('POST', '/disputes', dispute());
        times.push(performance.now() - start);
        await delay(25);
      }
    }),
  );
  return { p99: at(0.99, times), p50: at(0.5, times), n: times.length };
}

export async function mixed({ program, url, rounds, seconds }) {
  const [clerk, superior] = [await logIn(program, STAFF.clerk), await logIn(program, STAFF.superior)];
  const body = { columns: COLUMNS, ...(await condition(url)) };
  const long = Math.max(8, seconds);
  for (let i = 0; i < 20; i += 1) await clerk.call('POST', '/disputes', dispute());
  const found = await inTurns(
    {
      anchor: (isFirst) => registrations(clerk, isFirst ? 2 : long),
      ours: async (isFirst) => {
        let isOver = false;
        const beside = [
          (async () => {
            while (!isOver) await fetchExcel(superior, body);
          })(),
          (async () => {
            while (!isOver)
              for (const path of Object.values(dashboards())) if (!isOver) await superior.call('GET', path);
          })(),
        ];
        const result = await registrations(clerk, isFirst ? 2 : long);
        isOver = true;
        await Promise.all(beside);
        return result;
      },
    },
    rounds,
  );
  return [
    {
      key: 'mixed',
      what: 'p99 of a registration beside an export and dashboards ÷ alone',
      ...ratioOf(found.ours, found.anchor, 'p99'),
      notes: `${middle(found.ours, 'p99').toFixed(0)} ms against ${middle(found.anchor, 'p99').toFixed(0)} ms; medians ${middle(found.ours, 'p50').toFixed(0)} and ${middle(found.anchor, 'p50').toFixed(0)} ms`,
    },
  ];
}
