// Papers per second:  npm run bench
// A mediation agreement of three pages, with six signatures and a seal, against the same text through LibreOffice (from a .docx, converted
// in one call for many) and Chromium (printed from HTML), where they are installed; in turns, in one run. Neither of the two seals.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { median, processMemory, report } from './report.mjs';

const require = createRequire(import.meta.url);
const { PaperEngine } = require('../../dist/src/platform/pdf/index.js');
const { openSigningPool } = require('../../dist/src/platform/pdf/signing-pool.js');
const { issueCommitteeCertificate, issueRoot } = require('../../dist/src/platform/pdf/sign/index.js');

const ROUNDS = 5;
const OURS = 60;
const OTHERS = 10;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const OFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path));
const CREATED_AT = new Date('2026-01-16T09:30:00+08:00');
const COMMITTEE = '呼和浩特市新城区东街街道人民调解委员会';
const NAMES = ['孙志强', '孙志华', '孙志芳', '孙志兰'];

const data = {
  number: '新城人调字〔2026〕12号',
  disputeName: '孙家院落继承纠纷',
  committee: COMMITTEE,
  parties: NAMES.map((name, i) => ({
    slot: `party-${i + 1}`,
    kind: 'person',
    name,
    sex: i % 2 === 0 ? '男' : '女',
    ethnicity: '蒙古族',
    age: 40 + i,
    idNumber: '11010519491231002X',
    phone: '13800000000',
    address: `呼和浩特市新城区东街${i + 1}号`,
  })),
  facts: '父母去世后遗有平房一处，未立遗嘱，四名子女就房屋的居住、修缮费用和拆迁补偿款的分配发生争议，四年不相往来。',
  clauses: [
    '拆迁补偿款由各方当事人等额分配。',
    '修缮费用由各方当事人等额分担。',
    '老人遗物由长子保管，其他各方可以查看。',
  ],
  obligations: NAMES.slice(1).map((obligor, i) => ({
    obligor,
    obligee: NAMES[0],
    content: '支付修缮费用',
    amount: 1_250_000 + i,
    dueOn: '2026-03-31',
    place: '东街社区居民委员会',
    manner: '银行转账，一次付清',
  })),
  breach: '任何一方不履行本协议的，应当继续履行并赔偿损失。',
  copies: NAMES.length + 1,
  mediators: [{ slot: 'mediator-1', name: '王秀兰' }],
  recorder: { slot: 'recorder', name: '李娜' },
  signedOn: '2026-01-16',
};
const stroke = (dx) =>
  Array.from({ length: 40 }, (_, i) => ({ x: dx + i * 2, y: 40 + 30 * Math.sin(i / 3), t: i * 16, p: 0.3 + 0.01 * i }));
const signature = { kind: 'strokes', strokes: [stroke(0), stroke(80)], signedOn: '2026-01-16' };
const SIGNERS = [...NAMES.map((_, i) => `party-${i + 1}`), 'mediator-1', 'recorder'];
const marks = Object.fromEntries(SIGNERS.map((slot) => [slot, [signature]]));

const folder = mkdtempSync(join(tmpdir(), 'papers-'));
const engine = new PaperEngine({
  templatesDir: resolve('templates'),
  cacheDir: join(folder, 'fonts'),
  pool: { maxThreads: 1 },
});
const signing = openSigningPool({ maxThreads: 1 });
const life = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2031-01-01T00:00:00Z'), key: 'P-256' };
const root = await issueRoot({ commonName: '测量用根证书', ...life });
const { privateKey, chain } = await issueCommitteeCertificate(root, { commonName: COMMITTEE, ...life });

async function render() {
  const seal = { name: COMMITTEE, code: '1501020012345' };
  return engine.renderPaper({ templateId: 'agreement', data, marks, createdAt: CREATED_AT, seal });
}

async function ours() {
  const { bytes, sealBoxes, pageCount } = await render();
  const { page, x, y, w, h } = sealBoxes[0];
  const options = {
    reason: '人民调解协议书盖章',
    location: '新城区综治中心',
    name: COMMITTEE,
    signingTime: CREATED_AT,
    box: { page, x, y, w, h },
    appearance: { committeeName: COMMITTEE, code: '1501020012345' },
  };
  return { pageCount, sealed: await signing.seal({ bytes, key: { privateKey, chain }, options }) };
}

/** Processor and wall milliseconds of one paper of many. */
async function measured(count, cpuOf, work) {
  const [cpu, wall] = [await cpuOf(), performance.now()];
  await work();
  return { cpu: ((await cpuOf()) - cpu) / count, wall: (performance.now() - wall) / count };
}

const ownCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function ourRound() {
  return measured(OURS, ownCpu, async () => {
    // Two under way keep both threads at work: one paints while the other seals the paper before.
    let left = OURS;
    const line = async () => {
      while (left-- > 0) await ours();
    };
    await Promise.all([line(), line(), line()]);
  });
}

/** Processor milliseconds of a process and all that have come of it. */
function treeCpu(pid) {
  const parts = (at) =>
    readFileSync(`/proc/${at}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  const own = (at) => {
    try {
      return (
        parts(at)
          .slice(11, 15)
          .reduce((sum, ticks) => sum + Number(ticks), 0) * 10
      );
    } catch {
      return 0;
    }
  };
  const parents = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(entry), Number(parts(entry)[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (at) => [at, ...[...parents].filter(([, parent]) => parent === at).flatMap(([child]) => below(child))];
  return below(pid).reduce((sum, at) => sum + own(at), 0);
}

// prettier-ignore
const html = `<!doctype html><meta charset="utf-8"><style>@page{size:A4;margin:25mm 25mm 25mm 28mm}body{font:14pt/28pt serif}h1{text-align:center}table{border-collapse:collapse}td{border:1px solid}</style>
<h1>人民调解协议书</h1><p style="text-align:right">${data.number}</p>
${data.parties.map((p) => `<p>当事人姓名<u>${p.name}</u>性别<u>${p.sex}</u>民族<u>${p.ethnicity}</u>年龄<u>${p.age}</u><br>证件号码<u>${p.idNumber}</u>联系方式<u>${p.phone}</u><br>单位或住址<u>${p.address}</u></p>`).join('')}
<p>纠纷主要事实、争议事项：${data.facts}</p><p>经调解，自愿达成如下协议：</p>${data.clauses.map((c, i) => `<p>${i + 1}．${c}</p>`).join('')}
<table>${data.obligations.map((o) => `<tr><td>${o.obligor}</td><td>${o.obligee}</td><td>${o.content}</td><td>¥${(o.amount / 100).toFixed(2)}</td><td>${o.dueOn}</td><td>${o.place}</td><td>${o.manner}</td></tr>`).join('')}</table>
<p>${data.breach}</p><p>本协议一式${data.copies}份，当事人、人民调解委员会各持一份。</p>${NAMES.map((n) => `<p>当事人（签名盖章或按指印）${n}</p>`).join('')}<p style="text-align:right">${COMMITTEE}<br>2026年1月16日</p>`;

async function openOffice() {
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'paper.html'), html);
  const convert = (to, files) =>
    execFileSync(
      'bash',
      [
        '-c',
        `"${OFFICE}" -env:UserInstallation=file://${folder}/office --headless --convert-to ${to} --outdir ${folder}/out ${files} >&2; times`,
      ],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  convert('docx:"MS Word 2007 XML"', join(source, 'paper.html'));
  for (let i = 0; i < OTHERS; i++) copyFileSync(join(folder, 'out', 'paper.docx'), join(source, `paper-${i}.docx`));
  return async () => {
    const wall = performance.now();
    const said = convert('pdf', join(source, '*.docx'));
    // The last line of “times”: user and system time of what the shell has started.
    const seconds = [
      ...said
        .trim()
        .split('\n')
        .at(-1)
        .matchAll(/(\d+)m([\d.]+)s/g),
    ].map(([, m, s]) => m * 60 + Number(s));
    return { cpu: ((seconds[0] + seconds[1]) * 1000) / OTHERS, wall: (performance.now() - wall) / OTHERS };
  };
}

async function openChromium() {
  const server = await chromium.launchServer({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage();
  const cpuOf = async () => treeCpu(server.process().pid);
  return {
    round: () =>
      measured(OTHERS, cpuOf, async () => {
        for (let i = 0; i < OTHERS; i++) {
          await page.setContent(html);
          await page.pdf({ preferCSSPageSize: true });
        }
      }),
    close: () => server.close(),
  };
}

try {
  const bare = processMemory('VmRSS');
  const first = performance.now();
  const { pageCount } = await ours();
  const cold = performance.now() - first;
  await ourRound();
  const office = OFFICE === undefined ? null : await openOffice();
  const print = CHROMIUM === undefined ? null : await openChromium();
  const rounds = { ours: [], office: [], print: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.ours.push(await ourRound());
    if (office !== null) rounds.office.push(await office());
    if (print !== null) rounds.print.push(await print.round());
    console.log(`round ${round + 1} of ${ROUNDS}`);
  }
  const previews = [];
  for (let i = 0; i < 21; i++) {
    const start = performance.now();
    await engine.preview('agreement', CREATED_AT);
    previews.push(performance.now() - start);
  }
  // The most this process ever took, less what it took before the pools had begun: two threads with their fonts, and the papers.
  const pools = (processMemory('VmHWM') - bare) / 1024;
  const of = (name, key) => (rounds[name].length === 0 ? null : median(rounds[name].map((one) => one[key])));
  const cpu = of('ours', 'cpu');
  const line = (label, name) => {
    const own = of(name, 'cpu');
    if (own === null) return `| ${label} | not installed | | |`;
    return `| ${label} | ${own.toFixed(0)} | ${(1000 / own).toFixed(1)} | ${(own / cpu).toFixed(1)} |`;
  };
  const versions = [
    ...(OFFICE === undefined
      ? []
      : [execFileSync(OFFICE, ['--version'], { encoding: 'utf8' }).trim().split(' ').slice(0, 2).join(' ')]),
    ...(CHROMIUM === undefined
      ? []
      : [execFileSync(CHROMIUM, ['--version'], { encoding: 'utf8' }).trim().split(' ').slice(0, 2).join(' ')]),
  ];
  await report(
    'papers',
    'Papers',
    versions,
    `An agreement of ${pageCount} pages with six signatures; ours generated **and sealed** (P-256, without a timestamp), the others only
generated. Medians of ${ROUNDS} interleaved rounds (${OURS} papers of ours, ${OTHERS} of theirs each).

| | processor ms a paper | papers a second and core | times ours |
|---|---|---|---|
${line('generated and sealed by this program', 'ours')}
${line('LibreOffice, .docx to PDF, many in one call', 'office')}
${line('Chromium, HTML to PDF, browser kept open', 'print')}

| | measured | wanted |
|---|---|---|
| papers a second and core | ${(1000 / cpu).toFixed(1)} | ≥ 20 |
| processor ms a paper | ${cpu.toFixed(0)} | ≤ 60 |
| memory of the two pools at most (one thread each) | ${pools.toFixed(0)} MB | ≤ 250 MB a worker |
| preview on warm threads, wall | ${median(previews).toFixed(0)} ms | ≤ 300 ms |
| the very first paper (threads, fonts), wall | ${cold.toFixed(0)} ms | |`,
  );
  await print?.close();
} finally {
  await engine.close();
  await signing.close();
  rmSync(folder, { recursive: true, force: true });
}
