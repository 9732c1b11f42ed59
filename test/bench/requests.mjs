// What the program adds to its own statements:  npm run bench
// The compiled program with the demo center over an embedded PostgreSQL; against it node-pg with prepared statements, which sends
// the very statements that the program was seen to send for such requests, over as many connections, in the same transactions.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { median, report } from './report.mjs';

const require = createRequire(import.meta.url);
const { DEMO_PASSWORD } = require('../../dist/src/demo/demo-staff.js');
const { installPgTypes } = require('../../dist/src/platform/database/pg-types.js');

const CLIENTS = 8;
const ROUNDS = 5;
const SECONDS = 4;
const CAPTURES = 60;
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚';
const MATTERS = ['楼道堆放杂物', '楼上漏水泡坏家具', '夜间噪声扰民', '拖欠房屋租金', '宠物伤人', '停车位被占用'];

const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-requests-'));
chmodSync(dataDir, 0o711);
const program = spawn(process.execPath, ['--require', './test/bench/capture.cjs', 'dist/src/main.js'], {
  env: { ...process.env, NODE_ENV: 'development', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  serialization: 'advanced',
});
let output = '';
program.stdout.on('data', (chunk) => (output += chunk));
const ended = new Promise((resolve) => program.once('exit', resolve));
const captured = new Map();
program.on('message', (message) => captured.get(message.id)?.(message));

async function baseUrl() {
  for (;;) {
    const found = /已启动：(http\S+)/.exec(output);
    if (found) return found[1];
    if (program.exitCode !== null) throw new Error(`The program ended:\n${output}`);
    await delay(100);
  }
}

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const person = (side) => ({
  kind: 'person',
  side,
  name: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
  phone: `13${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`,
  address: `新城区海东路${Math.floor(Math.random() * 300)}号`,
});
const dispute = (centerId) => {
  const what = pick(MATTERS);
  return {
    centerId,
    channel: 'visit',
    title: `${what}纠纷`,
    narrative: `双方因${what}发生争议，${'要求对方停止并赔偿损失，希望中心出面调解。'.repeat(4)}`,
    parties: [person('applicant'), person('respondent')],
  };
};

try {
  const base = await baseUrl();
  let token = null;
  async function call(method, path, body, captureId) {
    const response = await fetch(`${base}/api${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(captureId === undefined ? {} : { 'x-capture': captureId }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  async function capture(method, path, body) {
    const id = randomUUID();
    const told = new Promise((resolve) => captured.set(id, resolve));
    const answer = await call(method, path, body, id);
    const message = await told;
    captured.delete(id);
    return { ...message, answer };
  }
  token = (await call('POST', '/session', { loginName: 'shouli', password: DEMO_PASSWORD })).accessToken;
  const centers = await call('GET', '/centers');
  const centerId = (Array.isArray(centers) ? centers : centers.items)[0].id;
  for (let i = 0; i < 200; i += 1) await call('POST', '/disputes', dispute(centerId));

  const since = Date.now();
  const registrations = [];
  for (let i = 0; i < CAPTURES; i += 1) registrations.push(await capture('POST', '/disputes', dispute(centerId)));
  const matters = [];
  for (const { answer } of registrations) matters.push(await capture('GET', `/disputes/${answer.id}`));
  const WORKLIST = '/worklist?tab=initiated&limit=50';
  const lists = [await capture('GET', WORKLIST)];
  const { connection } = registrations[0];

  installPgTypes();
  const pool = new pg.Pool({ ...connection, max: CLIENTS });
  const names = new Map();
  const nameOf = (text) => {
    if (!names.has(text)) names.set(text, createHash('sha256').update(text).digest('base64url').slice(0, 20));
    return names.get(text);
  };
  // Made by the program during the capture: an id of this version begins with its time.
  const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const isNew = (id) => Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16) >= since - 1;
  let counter = 0;
  /** The statements of one captured request on one connection, as a new request: new ids, the next numbers, the head of the log. */
  async function replay({ statements }, isReading) {
    const ids = new Map();
    const key = randomUUID();
    const fresh = (id) => {
      if (!isNew(id)) return id;
      if (!ids.has(id))
        ids.set(id, `${id.slice(0, 14)}7${randomBytes(2).toString('hex').slice(0, 3)}-8${randomUUID().slice(20)}`);
      return ids.get(id);
    };
    const given = (value) =>
      typeof value === 'string' ? value.replace(UUID, fresh) : Array.isArray(value) ? value.map(given) : value;
    const client = await pool.connect();
    let number = null;
    let head = null;
    try {
      const answers = [];
      for (const { text, values } of statements) {
        let next = isReading ? values : values.map(given);
        if (text.startsWith('insert into idempotency_record') || text.startsWith('update idempotency_record'))
          next = next.with(1, key);
        if (number !== null)
          next = next.map((v) => (typeof v === 'string' ? v.replace(/〔(\d+)〕\d+号/g, `〔$1〕${number}号`) : v));
        if (head !== null && text.includes('app.audit_append')) {
          next = next
            .with(
              4,
              next[4].map((_, i) => Number(head.seq) + 1 + i),
            )
            .with(10, [head.mac, ...next[10].slice(1)]);
        }
        const { rows } = await client.query({ name: nameOf(text), text, values: next });
        if (text.includes('app.next_number')) number = rows[0].value;
        if (text.includes('app.audit_head')) head = rows[0];
        answers.push(rows);
      }
      return isReading ? JSON.stringify(answers).length : answers.length;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
  const ours = {
    'register a dispute with two parties': () => call('POST', '/disputes', dispute(centerId)),
    'read a matter page': () => call('GET', `/disputes/${registrations[(counter += 1) % CAPTURES].answer.id}`),
    'a worklist page of 50': () => call('GET', WORKLIST),
  };
  const theirs = {
    'register a dispute with two parties': () => replay(registrations[(counter += 1) % CAPTURES], false),
    'read a matter page': () => replay(matters[(counter += 1) % CAPTURES], true),
    'a worklist page of 50': () => replay(lists[0], true),
  };
  /** Processor seconds of the program so far; clock ticks of a hundredth. Linux only. */
  const used = () => {
    const fields = readFileSync(`/proc/${program.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  async function load(work, seconds) {
    const until = performance.now() + seconds * 1000;
    const times = [];
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (performance.now() < until) {
          const start = performance.now();
          await work();
          times.push(performance.now() - start);
        }
      }),
    );
    return {
      rate: times.length / seconds,
      p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)],
      n: times.length,
    };
  }

  const rows = [];
  for (const [name, work] of Object.entries(ours)) {
    const [a, b, cpu] = [[], [], []];
    for (const one of [work, theirs[name]]) await load(one, 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const measureOurs = async () => {
        const before = used();
        const result = await load(work, SECONDS);
        cpu.push(((used() - before) / result.n) * 1000);
        a.push(result);
      };
      const measureTheirs = async () => b.push(await load(theirs[name], SECONDS));
      for (const measure of round % 2 === 0 ? [measureOurs, measureTheirs] : [measureTheirs, measureOurs])
        await measure();
    }
    const ratio = median(a.map((one, i) => one.rate / b[i].rate));
    const statements = (
      name.startsWith('register') ? registrations[0] : name.includes('matter') ? matters[0] : lists[0]
    ).statements.length;
    const spread = Math.max(...b.map((one) => one.rate)) / Math.min(...b.map((one) => one.rate));
    rows.push(
      `| ${name} | ${statements} | ${median(a.map((one) => one.rate)).toFixed(0)} | ${median(b.map((one) => one.rate)).toFixed(0)} | **${ratio.toFixed(2)}** | ${name.startsWith('register') ? '≥ 0.40' : '≥ 0.45'} | ${median(cpu).toFixed(1)} ms | ${median(a.map((one) => one.p99)).toFixed(0)} ms | ${spread.toFixed(2)} |`,
    );
    console.log(rows.at(-1));
  }
  await pool.end();
  await report(
    'requests',
    'Requests',
    [],
    `Over HTTP with login, ${CLIENTS} at a time, against node-pg sending the same statements prepared, in the same transactions, on
${CLIENTS} connections of the same role. Medians of ${ROUNDS} interleaved rounds of ${SECONDS} s; client, program and database share the
machine. Nothing is left out of a request: rights, row security, idempotency, audit chain, search row, worklists, outbox.

| | statements | ours a second | theirs | ours ÷ theirs | wanted | processor time of the program a request | p99 | anchor's fastest ÷ slowest |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}`,
  );
} finally {
  program.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
