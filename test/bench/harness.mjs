// What every case of the bench shares: the program as a process of its own over a province, requests to it over HTTP with login, its
// own statements captured and sent again by node-pg, and arms measured in turns.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { BUSY, PASSWORD, SUPERIOR_OF_ALL } from './province.mjs';
import { median } from './report.mjs';

const require = createRequire(import.meta.url);
export const CLIENTS = 8;
/** The quickest round of an anchor against its slowest: beyond it the machine was not quiet and nothing is concluded. */
export const STEADY = 1.6;

export const STAFF = {
  clerk: `clerk-${BUSY}`,
  leader: `leader-${BUSY}`,
  director: `director-${BUSY}`,
  city: 'director-4',
  superior: SUPERIOR_OF_ALL,
};
/** One of ten, with all below it. */
export const CITY = '01900000-0000-7010-8000-000000000002';
export const BUSY_CENTER = `01900000-0000-7010-8000-${BUSY.toString(16).padStart(12, '0')}`;
export const PROVINCE_CENTER = '01900000-0000-7010-8000-000000000001';

/** As `npm start` runs it. */
const AS_STARTED = ['--max-old-space-size=320', '--max-semi-space-size=8'];

/** The compiled program on the data of a province. */
export async function startProgram({ dir, isCapturing = false, env = {} }) {
  const child = spawn(
    process.execPath,
    [...AS_STARTED, ...(isCapturing ? ['--require', './test/bench/capture.cjs'] : []), 'dist/src/main.js'],
    {
      env: {
        ...process.env,
        NODE_ENV: 'development',
        PORT: '0',
        DEMO: 'off',
        DATA_DIR: dir,
        LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      serialization: 'advanced',
    },
  );
  const begun = performance.now();
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const captured = new Map();
  child.on('message', (message) => captured.get(message.id)?.(message));
  let base = null;
  while (base === null) {
    base = /已启动：(http\S+)/.exec(output)?.[1] ?? null;
    if (child.exitCode !== null) throw new Error(`The program ended:\n${output}`);
    if (base === null) await delay(10);
  }
  return {
    pid: child.pid,
    output: () => output,
    base,
    captured,
    startedIn: (performance.now() - begun) / 1000,
    stop: () => (child.kill('SIGTERM'), ended),
  };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One request. `onFirst` is told when the first bytes of the answer came. */
function send(program, { method, path, body, token, captureId }, onChunk) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = http.request(
      `${program.base}/api${path}`,
      {
        method,
        agent,
        headers: {
          ...(text === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
          ...(captureId === undefined ? {} : { 'x-capture': captureId }),
        },
      },
      (response) => {
        const chunks = [];
        response.on('data', onChunk ?? ((chunk) => chunks.push(chunk)));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks);
          if (response.statusCode >= 300)
            reject(new Error(`${response.statusCode} ${method} ${path}: ${answer.toString().slice(0, 300)}`));
          else resolve(answer);
        });
      },
    );
    request.on('error', (error) => {
      // The program closes a connection that rested; a request that was just sent on it was not begun.
      if (request.reusedSocket && error.code === 'ECONNRESET')
        resolve(send(program, { method, path, body, token, captureId }, onChunk));
      else reject(error);
    });
    request.end(text);
  });
}

/** Somebody logged in; the token is renewed before it ends. */
export async function logIn(program, loginName) {
  let token = null;
  let renewAt = 0;
  const renew = async () => {
    if (Date.now() < renewAt) return;
    renewAt = Date.now() + 8 * 60_000;
    token = JSON.parse(
      await send(program, { method: 'POST', path: '/session', body: { loginName, password: PASSWORD } }),
    ).accessToken;
  };
  await renew();
  const call = async (method, path, body, captureId) => {
    if (Date.now() >= renewAt) await renew();
    return send(program, { method, path, body, token, captureId });
  };
  return {
    call,
    json: async (...request) => JSON.parse(await call(...request)),
    stream: async (method, path, onChunk, body) => {
      await renew();
      return send(program, { method, path, body, token }, onChunk);
    },
    /** The request with every statement that it sent, and how the program was connected. */
    capture: async (method, path, body) => {
      const id = randomUUID();
      const told = new Promise((resolve) => program.captured.set(id, resolve));
      const answer = await call(method, path, body, id);
      const message = await told;
      program.captured.delete(id);
      return { ...message, answer: JSON.parse(answer) };
    },
  };
}

const names = new Map();
const nameOf = (text) => {
  if (!names.has(text)) names.set(text, createHash('sha256').update(text).digest('base64url').slice(0, 20));
  return names.get(text);
};

/** Connections as the program's: same role, same settings, as many. */
export function poolLike({ connection }, max = CLIENTS) {
  require('../../dist/src/platform/database/pg-types.js').installPgTypes();
  const pool = new pg.Pool({ ...connection, max });
  pool.on('error', () => undefined);
  return pool;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Sends the statements of one captured request again, prepared, in the same transaction. Of a request with effect it is a new one:
 * ids made since `since` are made anew, the number is the next, the audit goes on from the head of its chain.
 */
export async function replay(pool, { statements }, since = null) {
  const ids = new Map();
  const key = randomUUID();
  const fresh = (id) => {
    if (Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16) < since - 1) return id;
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
      let next = values;
      if (since !== null) {
        next = values.map(given);
        if (text.startsWith('insert into idempotency_record') || text.startsWith('update idempotency_record'))
          next = next.with(1, key);
        if (number !== null)
          next = next.map((v) => (typeof v === 'string' ? v.replace(/〔(\d+)〕\d+号/g, `〔$1〕${number}号`) : v));
      }
      if (head !== null && text.includes('app.audit_append')) {
        next = next
          .with(
            4,
            next[4].map((_, i) => Number(head.seq) + 1 + i),
          )
          .with(10, [head.mac, ...next[10].slice(1)]);
      }
      // What opens a transaction may be two commands, which go as they are.
      if (text.startsWith('begin')) {
        await client.query(text);
        answers.push([]);
        continue;
      }
      const { rows } = await client.query({ name: nameOf(text), text, values: next });
      if (text.includes('app.next_number')) number = rows[0].value;
      if (text.includes('app.audit_head')) head = rows[0];
      answers.push(rows);
    }
    // Answers are turned into text, as a reader gets them.
    return {
      rows: answers.map((rows) => rows.length).join(),
      bytes: since === null ? JSON.stringify(answers).length : 0,
    };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Processor seconds of a process so far, in clock ticks of a hundredth. Linux only. */
export function processorOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export const at = (part, values) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

/** `work` by so many at once for so long: how many a second, and how long they took (ms). */
export async function load(work, { seconds = 4, clients = CLIENTS } = {}) {
  const until = performance.now() + seconds * 1000;
  const times = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const start = performance.now();
        await work();
        times.push(performance.now() - start);
      }
    }),
  );
  return {
    rate: (times.length * 1000) / (performance.now() - begun),
    p50: at(0.5, times),
    p95: at(0.95, times),
    p99: at(0.99, times),
    n: times.length,
  };
}

/**
 * Measures arms in turns, the order turned round each second round; the first turn of each is dropped. `figures` of a round are
 * numbers by name. The first arm is the anchor.
 */
export async function inTurns(arms, rounds) {
  const found = Object.fromEntries(Object.keys(arms).map((name) => [name, []]));
  for (const measure of Object.values(arms)) await measure(true);
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(arms);
    for (const [name, measure] of round % 2 === 0 ? order : order.reverse()) found[name].push(await measure(false));
  }
  return found;
}

const spread = (values) => Math.max(...values) / Math.min(...values);

/** Ratio of two arms, round by round: the middle one, the least and the greatest, and whether the anchor stood still enough. */
export function ratioOf(ours, anchor, field) {
  const ratios = ours.map((one, i) => one[field] / anchor[i][field]);
  const steadiness = spread(anchor.map((one) => one[field]));
  return {
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    steadiness,
    isSteady: steadiness <= STEADY,
  };
}

/** One after another: milliseconds of each. */
async function oneByOne(work, times) {
  const took = [];
  for (let i = 0; i < times; i += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return { p50: at(0.5, took), p95: at(0.95, took) };
}

/**
 * A reader who asks when nobody else does, in turns with the same work for processor and database at every size: so two sizes that were
 * measured on different days can be held against each other (`toAnchor`).
 */
export async function alone(pool, ours, rounds) {
  const anchor = () => pool.query('select sum(sqrt(i)) from generate_series(1, 30000) i');
  const found = await inTurns({ anchor: () => oneByOne(anchor, 20), ours: () => oneByOne(ours, 20) }, rounds);
  const { ratio, steadiness, isSteady } = ratioOf(found.ours, found.anchor, 'p50');
  return { rounds: found.ours, toAnchor: ratio, steadiness, isSteady };
}

export const middle = (rounds, field) => median(rounds.map((one) => one[field]));

/** Milliseconds of one durable write beside the data, its file system, and how busy the machine is already: written beside every figure. */
export function machine(dir) {
  const file = join(dir, 'fsync-probe');
  const descriptor = openSync(file, 'w');
  const times = [];
  for (let i = 0; i < 200; i += 1) {
    writeSync(descriptor, Buffer.alloc(8192), 0, 8192, 0);
    const start = performance.now();
    fdatasyncSync(descriptor);
    times.push(performance.now() - start);
  }
  closeSync(descriptor);
  rmSync(file);
  const ticks = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].trim().split(/\s+/).slice(1).map(Number);
  return {
    fsyncMs: median(times),
    fileSystem: fileSystemOf(dir),
    load: loadavg()[0],
    steal: ticks[7] / ticks.reduce((a, b) => a + b, 0),
  };
}

/** e.g. `ext4`, or `btrfs compress=zstd` where what is written is made smaller. Linux only. */
function fileSystemOf(dir) {
  const path = `${realpathSync(dir)}/`;
  const [, type = '', options = ''] =
    readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' ').slice(1))
      .filter(([at]) => at !== undefined && path.startsWith(at.endsWith('/') ? at : `${at}/`))
      .sort(([a], [b]) => b.length - a.length)[0] ?? [];
  return [type, ...(options.match(/compress[^,]*/g) ?? [])].join(' ');
}
