// How much memory the built application takes under a few minutes of mixed work:  npm run bench:memory -- [minutes]
// Starts it on a data folder of its own with the demo center in it, works as its staff, and prints the resident set of the
// application's process (the database's processes are not counted) every ten seconds. Linux only, for /proc.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MB = 400;
const CLIENTS = 4;
/** As `npm start` and the container set them. */
const HEAP = ['--max-old-space-size=320', '--max-semi-space-size=8'];
const minutes = Number(process.argv[2] ?? 3);
const require = createRequire(import.meta.url);
const { DEMO_PASSWORD } = require('../../dist/src/demo/demo-staff.js');

const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-bench-'));
chmodSync(dataDir, 0o711);
const application = spawn(process.execPath, [...HEAP, 'dist/src/main.js'], {
  env: { ...process.env, NODE_ENV: 'development', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

let output = '';
application.stdout.on('data', (chunk) => (output += chunk));
const ended = new Promise((resolve) => application.once('exit', resolve));

/** Megabytes; `VmRSS` now, `VmHWM` the most there ever was. */
function memory(field) {
  const status = readFileSync(`/proc/${application.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024);
}

async function baseUrl() {
  for (;;) {
    const found = /已启动：(http\S+)/.exec(output);
    if (found) return found[1];
    if (application.exitCode !== null) throw new Error(`The application ended:\n${output}`);
    await delay(100);
  }
}

async function call(base, token, method, path, body) {
  const response = await fetch(`${base}/api${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const place = `${response.status} ${method} ${path.split('?')[0].replace(/[0-9a-f-]{36}/, ':id')}`;
  counts.set(place, (counts.get(place) ?? 0) + 1);
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

const counts = new Map();

/** What a desk does all day: register, look, search, triage, accept, print; now and then log in anew. */
async function desk(base, until) {
  const logIn = async (loginName) =>
    (await call(base, null, 'POST', '/session', { loginName, password: DEMO_PASSWORD })).accessToken;
  for (let round = 0; Date.now() < until; round++) {
    const [intake, dispatcher] = [await logIn('shouli'), await logIn('diaodu')];
    const { items: centers = [] } = { items: await call(base, intake, 'GET', '/centers') };
    const list = Array.isArray(centers) ? centers : (centers.items ?? []);
    const committees = await call(base, dispatcher, 'GET', '/committees');
    const committee = (Array.isArray(committees) ? committees : (committees.items ?? []))[0];
    for (let i = 0; i < 20 && Date.now() < until; i++) {
      const signs = Array.from({ length: 30 }, () =>
        String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000)),
      ).join('');
      const matter = await call(base, intake, 'POST', '/disputes', {
        centerId: committee?.centerId ?? list[0]?.id,
        channel: 'visit',
        title: `纠纷${signs.slice(0, 10)}`,
        narrative: signs,
        parties: [
          { kind: 'person', side: 'applicant', name: '赵一鸣' },
          { kind: 'person', side: 'respondent', name: '钱二妹' },
        ],
      });
      if (matter.id === undefined) continue;
      for (const part of ['', '/parties', '/events', '/course', '/receipt', '/papers']) {
        await call(base, intake, 'GET', `/disputes/${matter.id}${part}`);
      }
      await call(base, intake, 'GET', `/disputes?limit=50&text=${encodeURIComponent(signs.slice(0, 2))}`);
      await call(base, dispatcher, 'POST', `/disputes/${matter.id}/triage`, {
        nature: 'civil',
        route: 'mediation',
        committeeId: committee?.id,
        isDuplicateChecked: true,
      });
      await call(base, dispatcher, 'POST', `/disputes/${matter.id}/acceptance`, {});
      await call(base, intake, 'POST', '/papers/preview', {
        disputeId: matter.id,
        templateId: 'one-time-notice',
        parameters: {
          applicant: '赵一鸣',
          kind: 'supplement',
          materials: [{ name: '亲属关系证明', form: '原件1份' }],
          office: '综治中心一楼综合受理窗口，工作日9时至17时',
        },
      });
    }
    if (round % 3 === 0) await call(base, null, 'GET', '/openapi.json');
  }
}

try {
  const base = await baseUrl();
  const until = Date.now() + minutes * 60_000;
  console.log(`after the start: ${memory('VmRSS')} MB`);
  const desks = Promise.all(Array.from({ length: CLIENTS }, () => desk(base, until)));
  while (Date.now() < until) {
    await delay(Math.min(10_000, Math.max(0, until - Date.now())));
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
    console.log(
      `${Math.max(0, Math.round((until - Date.now()) / 1000))} s to go: ${memory('VmRSS')} MB after ${total} requests`,
    );
  }
  await desks;
  const [now, most] = [memory('VmRSS'), memory('VmHWM')];
  console.log(
    `at the end: ${now} MB, at most ${most} MB (limit ${LIMIT_MB} MB)\n${[...counts].map(([place, n]) => `${n} × ${place}`).join('\n')}`,
  );
  if (now > LIMIT_MB) process.exitCode = 1;
} finally {
  application.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
