// A volume of 300 pages with scans:  npm run bench
// Bound as the application binds it, by the compiled code in a process of its own, so that its memory is told apart. Papers are
// agreements of three pages; the scans are pages of writing as a desk's scanner makes them (A4, 150 dpi, JPEG).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { median, report } from './report.mjs';

const require = createRequire(import.meta.url);
const ROUNDS = 3;
const PAGES = 300;
const SCANS = 180;

if (process.argv[2] === 'bind') {
  const { bind } = require('../../dist/src/platform/pdf/binding/bind.js');
  const parts = JSON.parse(process.argv[3]);
  const start = performance.now();
  const pages = await bind({ parts, out: process.argv[4], title: '卷宗', createdAt: new Date() });
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(
    JSON.stringify({
      pages,
      seconds: (performance.now() - start) / 1000,
      cpu: (userCPUTime + systemCPUTime) / 1e6,
      megabytes: maxRSS / 1024,
    }),
  );
  process.exit();
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'volume-'));
try {
  const { PaperEngine } = require('../../dist/src/platform/pdf/index.js');
  const engine = new PaperEngine({ templatesDir: resolve('templates'), cacheDir: join(folder, 'fonts') });
  const paper = await engine.preview('agreement', new Date('2026-01-16T01:30:00Z'));
  await engine.close();
  const agreement = join(folder, 'agreement.pdf');
  writeFileSync(agreement, paper.bytes);

  const scans = [];
  if (executablePath !== undefined) {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    const page = await browser.newPage({ viewport: { width: 1240, height: 1754 } });
    for (let i = 0; i < 12; i++) {
      // Grain as paper has it: a scan of it does not shrink like a drawing.
      await page.setContent(
        `<canvas width="1240" height="1754" style="position:absolute;inset:0"></canvas><div style="position:absolute;inset:90px;font:34px/60px serif">${'问：当时谁在场？答：我和弟弟都在，别的记不清了。'.repeat(30 + i)}</div>`,
      );
      await page.evaluate((seed) => {
        const context = globalThis.document.querySelector('canvas').getContext('2d');
        const image = context.createImageData(1240, 1754);
        let at = seed + 1;
        for (let p = 0; p < image.data.length; p += 4) {
          at = (at * 1103515245 + 12345) & 0x7fffffff;
          image.data.fill(232 + ((at >> 16) % 18), p, p + 3);
          image.data[p + 3] = 255;
        }
        context.putImageData(image, 0, 0);
      }, i);
      const path = join(folder, `scan-${i}.jpg`);
      await page.screenshot({ path, type: 'jpeg', quality: 80 });
      scans.push(path);
    }
    await browser.close();
  }
  const parts = Array.from({ length: scans.length === 0 ? 0 : SCANS }, (_, i) => ({
    path: scans[i % scans.length],
    kind: 'image',
  }));
  while (parts.filter((p) => p.kind === 'pdf').length * paper.pageCount + (scans.length === 0 ? 0 : SCANS) < PAGES) {
    parts.push({ path: agreement, kind: 'pdf' });
  }
  const rounds = [];
  const out = join(folder, 'volume.pdf');
  for (let round = 0; round < ROUNDS; round++) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'bind', JSON.stringify(parts), out],
      { encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(stderr);
    rounds.push(JSON.parse(stdout));
  }
  const of = (key) => median(rounds.map((round) => round[key]));
  const size = scans.length === 0 ? 0 : Math.round(statSync(scans[0]).size / 1024);
  await report(
    'dossier',
    'A dossier',
    [],
    `${of('pages')} pages, of them ${scans.length === 0 ? 'no scans (no browser to make them)' : `${SCANS} scans of about ${size} kB`}; the volume has
${Math.round(statSync(out).size / 2 ** 20)} MB. Medians of ${ROUNDS} rounds, each in a process of its own.

| | measured | wanted |
|---|---|---|
| wall | ${of('seconds').toFixed(1)} s | ≤ 10 s |
| processor | ${of('cpu').toFixed(1)} s | |
| memory of the process at most | ${of('megabytes').toFixed(0)} MB | ≤ 500 MB |`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
