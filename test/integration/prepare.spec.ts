import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Real: scripts/prepare.mjs, npm, files. Faked: the compiler and the builder of the web, packages of the names the script
 * calls; the one copies `src/main.ts` to `dist` and fails on the word `broken`, the other writes the two pages.
 */
const COMPILER = `
const fs = require('node:fs');
const source = fs.readFileSync('src/main.ts', 'utf8');
fs.rmSync('dist', { recursive: true, force: true });
if (source.includes('broken')) process.exit(1);
fs.mkdirSync('dist/src', { recursive: true });
fs.writeFileSync('dist/src/main.js', source);
`;

const WEB_BUILDER = `
const fs = require('node:fs');
fs.mkdirSync('dist/web', { recursive: true });
for (const page of ['index', 'party']) fs.writeFileSync('dist/web/' + page + '.html', fs.readFileSync('web/page.html'));
`;

interface Manifest {
  scripts?: Record<string, string>;
  devDependencies: Record<string, string>;
}

describe('preparing a clone', () => {
  let clone: string;

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), '综治 prepare-'));
    cpSync(resolve(__dirname, '../../scripts/prepare.mjs'), join(clone, 'scripts/prepare.mjs'));
    write('fake-cli/package.json', JSON.stringify({ name: '@nestjs/cli', version: '1.0.0' }));
    write('fake-cli/bin/nest.js', COMPILER);
    write('fake-vite/package.json', JSON.stringify({ name: 'vite', version: '1.0.0' }));
    write('fake-vite/bin/vite.js', WEB_BUILDER);
    write('web/build/contract.mjs', '');
    write('web/page.html', 'first page');
    write('docs/openapi.json', '{}');
    write('other/package.json', JSON.stringify({ name: 'other', version: '1.0.0' }));
    write(
      'package.json',
      JSON.stringify({ devDependencies: { '@nestjs/cli': 'file:./fake-cli', vite: 'file:./fake-vite' } }),
    );
    write('src/main.ts', 'first');
    expect(npm('install', '--package-lock-only').status).toBe(0);
  });

  afterEach(() => {
    rmSync(clone, { recursive: true, force: true });
  });

  it('installs and builds once, then has nothing to do', () => {
    const first = prepare('start');
    expect(first).toMatchObject({ status: 0, hasInstalled: true, hasBuilt: true });
    expect(read('dist/src/main.js')).toBe('first');
    expect(read('dist/web/party.html')).toBe('first page');
    expect(prepare('start')).toMatchObject({ status: 0, output: '' });
  });

  it('for the tests installs, and builds the web but not the server', () => {
    expect(prepare('test')).toMatchObject({ status: 0, hasInstalled: true, hasBuilt: false });
    expect(existsSync(join(clone, 'dist/src'))).toBe(false);
    expect(read('dist/web/index.html')).toBe('first page');
    write('web/page.html', 'second page');
    expect(prepare('test').status).toBe(0);
    expect(read('dist/web/index.html')).toBe('second page');
  });

  it('builds again when a source has changed, but not for a spec', () => {
    prepare('start');
    write('src/main.spec.ts', 'a test');
    expect(prepare('start').output).toBe('');
    write('src/main.ts', 'second');
    expect(prepare('start')).toMatchObject({ hasInstalled: false, hasBuilt: true });
    expect(read('dist/src/main.js')).toBe('second');
  });

  it('builds again when the result was removed', () => {
    prepare('start');
    rmSync(join(clone, 'dist'), { recursive: true });
    expect(prepare('start')).toMatchObject({ hasInstalled: false, hasBuilt: true });
  });

  it('installs again for another dependency, not for another script, and copes with a lock file that npm refuses', () => {
    prepare('test');
    changeManifest((manifest) => ({ ...manifest, scripts: { hello: 'echo' } }));
    expect(prepare('test').output).toBe('');
    changeManifest((manifest) => ({
      ...manifest,
      devDependencies: { ...manifest.devDependencies, other: 'file:./other' },
    }));
    const again = prepare('test');
    expect(again).toMatchObject({ status: 0, hasInstalled: true });
    expect(again.output).toContain('改用普通安装');
    expect(existsSync(join(clone, 'node_modules/other/package.json'))).toBe(true);
  });

  it('accepts what was installed by hand', () => {
    expect(npm('ci').status).toBe(0);
    expect(prepare('test')).toMatchObject({ status: 0, hasInstalled: false });
  });

  it('does not take an interrupted installation for a finished one', () => {
    prepare('test');
    // npm writes its record last.
    rmSync(join(clone, 'node_modules/.package-lock.json'));
    rmSync(join(clone, 'node_modules/.install-stamp'));
    expect(prepare('test')).toMatchObject({ status: 0, hasInstalled: true });
  });

  it('says in Chinese that the build failed, and tries again next time', () => {
    write('src/main.ts', 'broken');
    const failed = prepare('start');
    expect(failed.status).toBe(1);
    expect(failed.output).toContain('服务端构建失败，请按上面的错误信息处理后重试');
    expect(prepare('start').status).toBe(1);
    write('src/main.ts', 'mended');
    expect(prepare('start')).toMatchObject({ status: 0, hasBuilt: true });
  });

  it('refuses an old node, naming the version it needs', () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });`;
    write('old.cjs', pretend);
    const refused = prepare('start', ['--require', join(clone, 'old.cjs')]);
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('需要 Node.js 20.19 或更高版本，当前为 18.20.4');
    expect(refused.hasInstalled).toBe(false);
  });

  function prepare(purpose: 'start' | 'test', nodeOptions: string[] = []) {
    const result = spawnSync(process.execPath, [...nodeOptions, join(clone, 'scripts/prepare.mjs'), purpose], {
      encoding: 'utf8',
      env: environment(),
    });
    const output = result.stdout + result.stderr;
    return {
      status: result.status,
      output,
      hasInstalled: output.includes('正在安装依赖'),
      hasBuilt: output.includes('正在构建服务端'),
    };
  }

  function npm(...commands: string[]) {
    return spawnSync('npm', [...commands, '--offline', '--no-audit', '--no-fund'], { cwd: clone, env: environment() });
  }

  /** Without what `npm test` itself has set, which would reach the npm started here. */
  function environment(): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
  }

  function changeManifest(change: (manifest: Manifest) => Manifest): void {
    write('package.json', JSON.stringify(change(JSON.parse(read('package.json')) as Manifest)));
  }

  function write(path: string, content: string): void {
    mkdirSync(join(clone, path, '..'), { recursive: true });
    writeFileSync(join(clone, path), content);
  }

  function read(path: string): string {
    return readFileSync(join(clone, path), 'utf8');
  }
});
