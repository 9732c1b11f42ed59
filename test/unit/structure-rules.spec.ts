import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Each structural rule is planted a violation in a copy of the house's outline and must be refused by the real tool
 * with the real configuration; the same outline without the plants must pass.
 */
describe('structure rules refuse a planted violation (real dependency-cruiser, real ESLint)', () => {
  const root = resolve(__dirname, '../..');
  let house: string;

  const sound: Readonly<Record<string, string>> = {
    'src/kernel/index.ts': 'export const one = 1;\n',
    'src/platform/http/index.ts': 'export const edge = 1;\n',
    'src/config/index.ts': "export const mode = process.env['NODE_ENV'];\n",
    'src/modules/disputes/index.ts': "export { face } from './application/face';\n",
    'src/modules/disputes/application/face.ts': "import { rule } from '../domain/rule';\nexport const face = rule;\n",
    'src/modules/disputes/domain/rule.ts': "import { one } from '../../../kernel';\nexport const rule = one;\n",
    'src/modules/disputes/api/wire.ts': "import { face } from '../application/face';\nexport const wire = face;\n",
    'src/modules/summons/index.ts': "import { face } from '../disputes';\nexport const summons = face;\n",
    'src/app.module.ts': "import { summons } from './modules/summons';\nexport const app = summons;\n",
    'src/main.ts': "import { app } from './app.module';\nvoid app;\n",
    'test/helper.ts': 'export const helper = 1;\n',
    'migrations/index.ts': 'export const migrations = [];\n',
  };

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'zongzhi-house-'));
    for (const file of ['.dependency-cruiser.cjs', 'eslint.config.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(house, file));
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const [path, text] of Object.entries(sound)) write(path, text);
  });
  afterAll(() => {
    rmSync(house, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    const file = join(house, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  function run(tool: string, args: string[]): { status: number | null; output: string } {
    const bin = join(root, 'node_modules', '.bin', tool);
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd: house, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  const cruise = (): ReturnType<typeof run> => run('depcruise', ['--config', '.dependency-cruiser.cjs', 'src', 'test']);
  const lint = (path: string): ReturnType<typeof run> => run('eslint', ['--max-warnings', '0', path]);

  it('the sound outline passes both tools', () => {
    expect(cruise()).toMatchObject({ status: 0 });
    expect(lint('src/modules/disputes/domain/rule.ts')).toMatchObject({ status: 0 });
  });

  const doors: readonly [string, string, string, string][] = [
    [
      'kernel imports an npm package',
      'kernel-is-pure',
      'src/kernel/planted.ts',
      "import { v4 } from 'typeorm';\nexport const a = v4;\n",
    ],
    [
      'domain imports the platform',
      'domain-imports-only-kernel',
      'src/modules/disputes/domain/planted.ts',
      "import { edge } from '../../../platform/http';\nexport const a = edge;\n",
    ],
    [
      'application imports api',
      'application-below-api',
      'src/modules/disputes/application/planted.ts',
      "import { wire } from '../api/wire';\nexport const a = wire;\n",
    ],
    [
      'a module reaches past the public face',
      'public-face-only',
      'src/modules/summons/planted.ts',
      "import { rule } from '../disputes/domain/rule';\nexport const a = rule;\n",
    ],
    [
      'an undeclared arrow between modules',
      'arrows-of-disputes',
      'src/modules/disputes/application/planted.ts',
      "import { summons } from '../../summons';\nexport const a = summons;\n",
    ],
    [
      'an undeclared module',
      'declared-modules-only',
      'src/modules/oracle/index.ts',
      "import { one } from '../../kernel';\nexport const a = one;\n",
    ],
    [
      'the platform knows a module',
      'platform-knows-no-module',
      'src/platform/http/planted.ts',
      "import { face } from '../../modules/disputes';\nexport const a = face;\n",
    ],
    [
      'a file beside app.module knows a module',
      'only-app-module-knows-modules',
      'src/planted.ts',
      "import { face } from './modules/disputes';\nexport const a = face;\n",
    ],
    [
      'the program imports a test',
      'no-tests-in-the-program',
      'src/planted.ts',
      "import { helper } from '../test/helper';\nexport const a = helper;\n",
    ],
    [
      'the program imports a development dependency',
      'no-dev-dependencies-in-the-program',
      'src/planted.ts',
      "import request from 'supertest';\nexport const a = request;\n",
    ],
    [
      'a circle',
      'no-circles',
      'src/modules/disputes/domain/planted.ts',
      "import { b } from './planted-b';\nexport const a = (): unknown => b;\n",
    ],
  ];
  it.each(doors)('%s: %s', (_what, rule, path, text) => {
    write(path, text);
    const second = path.replace('planted.ts', 'planted-b.ts');
    if (rule === 'no-circles') write(second, "import { a } from './planted';\nexport const b = (): unknown => a;\n");
    const { status, output } = cruise();
    rmSync(join(house, path));
    rmSync(join(house, second), { force: true });
    expect(status).not.toBe(0);
    expect(output).toContain(rule);
  });

  const words: readonly [string, string, string, RegExp][] = [
    [
      'now in a rule',
      'src/modules/disputes/domain/planted.ts',
      'export const a = new Date();\n',
      /takes `now` as an argument/,
    ],
    ['Date.now in the kernel', 'src/kernel/planted.ts', 'export const a = Date.now();\n', /takes `now` as an argument/],
    [
      'chance in a rule',
      'src/modules/disputes/domain/planted.ts',
      'export const a = Math.random();\n',
      /deterministic/,
    ],
    [
      'the environment outside src/config',
      'src/platform/http/planted.ts',
      "export const a = process.env['HOME'];\n",
      /Only src\/config/,
    ],
    [
      'a statement outside the unit of work',
      'src/modules/disputes/application/planted.ts',
      "declare const dataSource: { query(sql: string): string };\nexport const a = dataSource.query('select 1');\n",
      /unit of work/,
    ],
    [
      'an injected repository',
      'src/modules/disputes/application/planted.ts',
      'declare function InjectRepository(): PropertyDecorator;\nexport class A {\n  @InjectRepository() rows = 1;\n}\n',
      /come from the unit of work/,
    ],
  ];
  it.each(words)('%s', (_what, path, text, message) => {
    write(path, text);
    const { status, output } = lint(path);
    rmSync(join(house, path));
    expect(status).toBe(1);
    expect(output).toMatch(message);
  });
});
