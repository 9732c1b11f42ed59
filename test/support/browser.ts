import axe from 'axe-core';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import type { Config } from '../../src/config';
import type { SpeaksOnFailure } from './browser-environment';
import { type TestApp, startTestApp } from './test-app';
import { World } from './world';

/** Screens that the pages must suit: a desk's, and a phone's. */
export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 375, height: 740 };

const SHOTS = resolve('test/browser/.shots');
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

interface Screen {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly isTouch?: boolean;
  /** The browser keeps its own time instead of the application's: for measuring. */
  readonly ownTime?: boolean;
}

export interface BrowserTest {
  /** The real application on a database of its own, as every other test has it. */
  readonly t: TestApp;
  /** Where it listens, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** A page of someone who is not logged in. */
  open(path: string, screen?: Screen): Promise<Page>;
  /** Logs in through the login page as an account of the world, by its key, and opens `path`. */
  signIn(key: string, path?: string, screen?: Screen): Promise<Page>;
  /** Answers with these status codes are expected and no fault of the page. */
  expectStatus(...codes: readonly number[]): void;
  /** Closes what is open, as at the end of a day: pages that live on while days pass would find their logins ended. */
  leaveDesks(): Promise<void>;
  /** Fails when a page had an error in its console, asked another host, or broke the content policy. */
  expectQuiet(): void;
  close(): Promise<void>;
}

/**
 * A browser before the built web and the real application. `WEB=dev` serves the web by Vite's development server instead,
 * so that one area can be tried while others are being written; `WEB_DIR` names another built web. `address` is the one of
 * this machine under which the browser comes, when it is not the machine itself.
 */
export async function openBrowser(overrides: Partial<Config> = {}, address = '127.0.0.1'): Promise<BrowserTest> {
  const webDir = process.env['WEB_DIR'];
  const t = await startTestApp({ ...(webDir === undefined ? {} : { webDir }), ...overrides });
  const appUrl = `http://${address}:${new URL(await t.app.getUrl()).port}`;
  const dev = process.env['WEB'] === 'dev' ? await startDevServer(appUrl) : null;
  const url = dev?.url ?? appUrl;
  const home = mkdtempSync(join(tmpdir(), 'zongzhi-browser-'));
  const browser = await launch(home);
  const faults: string[] = [];
  const expected = new Set<number>();
  const contexts: BrowserContext[] = [];

  async function open(path: string, { viewport = DESK, isTouch = false, ownTime = false }: Screen = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport,
      hasTouch: isTouch,
      isMobile: isTouch,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      baseURL: url,
      acceptDownloads: true,
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    // The page lives in the same time as the application.
    if (!ownTime) await context.clock.install({ time: t.clock.at() });
    const page = await context.newPage();
    page.setDefaultTimeout(dev === null ? 15_000 : 60_000);
    watch(page, url, faults, expected);
    await page.goto(path);
    return page;
  }

  async function leaveDesks(): Promise<void> {
    for (const context of contexts.splice(0)) await context.close().catch(() => undefined);
  }

  (globalThis as SpeaksOnFailure).showPages = async () => {
    const pages = contexts.flatMap((context) => context.pages());
    return [...(await Promise.all(pages.slice(-3).map(described))), ...faults].join('\n');
  };

  return {
    t,
    url,
    open,
    async signIn(key, path = '/', screen = {}) {
      const page = await open(`/login?to=${encodeURIComponent(path)}`, screen);
      await page.getByLabel('用户名').fill(t.world.account(key).loginName);
      await page.getByLabel('密码').fill(World.PASSWORD);
      await page.getByRole('button', { name: '登录' }).click();
      await page.waitForURL((at) => at.pathname !== '/login');
      await page.waitForLoadState('networkidle');
      return page;
    },
    expectStatus: (...codes) => {
      codes.forEach((code) => expected.add(code));
    },
    leaveDesks,
    expectQuiet: () => {
      if (faults.length > 0) throw new Error(`The pages were not quiet:\n${[...new Set(faults)].join('\n')}`);
    },
    close: async () => {
      await leaveDesks();
      await browser.close();
      dev?.stop();
      await t.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Keeps a picture of the page to be looked at; answers where it lies. */
export async function shot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> {
  mkdirSync(SHOTS, { recursive: true });
  const file = join(SHOTS, `${name}.png`);
  // Pictures are taken to be looked at: where nobody looks, hundreds of them cost minutes.
  if (process.env['CI'] === 'true') return file;
  // What sticks to the top of the window would otherwise lie across the middle of the picture.
  if (options.fullPage === true) await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: file, fullPage: options.fullPage ?? false, animations: 'disabled' });
  return file;
}

/** What somebody would read on the page: its topmost dialog where there is one. */
async function described(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog').filter({ visible: true }).last();
  const seen = (await dialog.count()) > 0 ? dialog : page.locator('body:not(:has(main)), main').last();
  const words = await seen.ariaSnapshot({ timeout: 2000 }).catch((error: unknown) => String(error));
  return `${page.url()}\n${words}`;
}

/** Fails on serious and critical findings of axe-core (WCAG 2.1 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated by the debugger, so the page's own policy against foreign scripts stays as it is.
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await tool.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map(
        (v) =>
          `${v.id} (${String(v.impact)}): ${v.help}\n${v.nodes.map((n) => `    ${n.html.slice(0, 200)}`).join('\n')}`,
      );
  });
  if (findings.length > 0) throw new Error(`axe-core finds on ${page.url()}:\n${findings.join('\n')}`);
}

function watch(page: Page, url: string, faults: string[], expected: ReadonlySet<number>): void {
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const status = /status of (\d{3})/.exec(message.text())?.[1];
    if (status !== undefined && expected.has(Number(status))) return;
    if (/ERR_INTERNET_DISCONNECTED/.test(message.text())) return;
    faults.push(`console on ${page.url()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(`error on ${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const to = request.url();
    // The viewer of PDF files is part of the browser, no other host.
    if (!to.startsWith(url) && !/^(blob|data|chrome|chrome-extension):/.test(to))
      faults.push(`request to another host: ${to}`);
  });
}

async function launch(home: string): Promise<Browser> {
  const { path, flags } = findChromium();
  return chromium.launch({
    executablePath: path,
    args: [...FLAGS, ...flags],
    env: { ...process.env, FONTCONFIG_FILE: writeFontsConfiguration(home), HOME: home },
  });
}

/**
 * The system's browser where there is one, otherwise the one that came with the packages; `CHROMIUM` names another, or
 * `bundled`.
 */
function findChromium(): { path: string; flags: readonly string[] } {
  const wanted = process.env['CHROMIUM'];
  const own =
    wanted === 'bundled'
      ? undefined
      : [wanted ?? '', ...SYSTEM_BROWSERS].find((path) => path !== '' && existsSync(path));
  if (own !== undefined) return { path: own, flags: [] };
  // That package is an ES module, which this runner cannot load by itself.
  const script =
    "import c from '@sparticuz/chromium'; process.stdout.write(JSON.stringify({ path: await c.executablePath() }))";
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return { path: (JSON.parse(answer) as { path: string }).path, flags: ['--no-zygote'] };
}

/** A bare machine has no Chinese font: the pages are drawn with the one that papers are printed in. */
function writeFontsConfiguration(home: string): string {
  const file = join(home, 'fonts.conf');
  const fonts = resolve('node_modules/@expo-google-fonts/noto-sans-sc');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}/400Regular</dir><dir>${fonts}/700Bold</dir><dir>/usr/share/fonts</dir><cachedir>${home}/fonts</cachedir>` +
      '<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>',
  );
  return file;
}

async function startDevServer(appUrl: string): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'web', '--port', String(port), '--strictPort'],
    {
      env: {
        ...process.env,
        NODE_ENV: 'development',
        API_TARGET: appUrl,
        VITE_CACHE_DIR: join(tmpdir(), `zongzhi-vite-${port}`),
      },
      stdio: 'ignore',
    },
  );
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    const answer = await fetch(url).catch(() => null);
    if (answer !== null) return { url, stop: () => child.kill() };
    await new Promise((go) => setTimeout(go, 200));
  }
  child.kill();
  throw new Error('The development server of the web did not start');
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
