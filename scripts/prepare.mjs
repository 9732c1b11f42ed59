// Brings a clone to the point where it can start (`start`) or be tested (`test`). Uses node's own modules only, since it
// runs before anything is installed, and old import names, so that an old node reaches the message about its age.
import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { fileURLToPath } from 'url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const LOWEST_NODE = [20, 19];

/** What is built, from what. `outputs` are the files that prove a build; `stamp` lives among them, so a removed build is noticed. */
const BUILDS = [
  {
    name: '服务端',
    inputs: [
      'src',
      'migrations',
      'tsconfig.json',
      'tsconfig.build.json',
      'nest-cli.json',
      '.swcrc',
      'package-lock.json',
    ],
    ignored: /\.spec\.ts$/,
    directory: '.',
    program: 'node_modules/@nestjs/cli/bin/nest.js',
    programArguments: ['build'],
    outputs: ['dist/src/main.js'],
    stamp: 'dist/.build-stamp',
    purposes: ['start'],
  },
  {
    name: '网页',
    inputs: ['web', 'docs/openapi.json', 'docs/manual', 'package-lock.json'],
    ignored: /^web\/src\/generated\//,
    directory: '.',
    before: 'web/build/contract.mjs',
    program: 'node_modules/vite/bin/vite.js',
    programArguments: ['build', 'web', '--logLevel', 'warn'],
    outputs: ['dist/web/index.html', 'dist/web/party.html'],
    stamp: 'dist/web/.build-stamp',
    purposes: ['start', 'test'],
  },
];

export function prepare(purpose) {
  checkNode();
  install();
  for (const build of BUILDS.filter(({ purposes }) => purposes.includes(purpose))) {
    buildIfChanged(build);
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor < LOWEST_NODE[1])) {
    stop(
      `需要 Node.js ${LOWEST_NODE.join('.')} 或更高版本，当前为 ${process.versions.node}。请到 https://nodejs.org 安装新版本后重试。`,
      `Node.js ${LOWEST_NODE.join('.')} or newer is required; this is ${process.versions.node}.`,
    );
  }
}

function install() {
  const stamp = join(root, 'node_modules', '.install-stamp');
  const wanted = dependencyHash();
  if (readOrNothing(stamp) === wanted) {
    return;
  }
  if (!isInstalledAsLocked()) {
    say('正在安装依赖，首次约需一分钟……', 'Installing dependencies …');
    const options = [
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
    ];
    if (npm(['ci', ...options]) !== 0) {
      say('锁定版本安装未成功，改用普通安装……', '`npm ci` did not succeed; trying `npm install` …');
      if (npm(['install', '--no-save', ...options]) !== 0) {
        stop(
          '依赖安装失败。请检查网络和 npm 镜像设置（npm config get registry），然后重试。',
          'Installing the dependencies failed.',
        );
      }
    }
  }
  writeIfAllowed(stamp, wanted);
}

function buildIfChanged(build) {
  const stamp = join(root, build.stamp);
  const wanted = hashFiles(build.inputs, build.ignored);
  if (readOrNothing(stamp) === wanted && build.outputs.every((file) => existsSync(join(root, file)))) {
    return;
  }
  say(`正在构建${build.name}……`, 'Building …');
  const run = (program, programArguments) =>
    spawnSync(process.execPath, [join(root, program), ...programArguments], {
      cwd: join(root, build.directory),
      stdio: 'inherit',
    });
  let result = build.before === undefined ? { status: 0 } : run(build.before, []);
  if (result.status === 0) {
    result = run(build.program, build.programArguments);
  }
  const missing = build.outputs.filter((file) => !existsSync(join(root, file)));
  if (result.status !== 0 || missing.length > 0) {
    stop(
      `${build.name}构建失败，请按上面的错误信息处理后重试。`,
      `The build failed${missing.length > 0 ? `: ${missing.join(', ')} missing` : ''}.`,
    );
  }
  writeFileSync(stamp, wanted);
}

/** Only what decides which packages are installed: a changed script in the manifest is no reason to install again. */
function dependencyHash() {
  const manifest = readManifest();
  const parts = [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.optionalDependencies,
    manifest.overrides,
    process.platform,
    process.arch,
  ];
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .update(readOrNothing(join(root, 'package-lock.json')) ?? '')
    .digest('hex');
}

/** Whether someone has already installed exactly the locked versions by hand, by npm's own record in node_modules. */
function isInstalledAsLocked() {
  const locked = parseOrNothing(join(root, 'package-lock.json'))?.packages;
  const installed = parseOrNothing(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (locked === undefined || installed === undefined || !manifestAgrees(locked[''])) {
    return false;
  }
  for (const [path, entry] of Object.entries(locked)) {
    const found = installed[path];
    const mayBeAbsent = path === '' || entry.optional === true || entry.devOptional === true || entry.peer === true;
    if (found === undefined ? !mayBeAbsent : found.version !== entry.version || found.integrity !== entry.integrity) {
      return false;
    }
  }
  return Object.keys(installed).every((path) => locked[path] !== undefined);
}

function manifestAgrees(lockedRoot) {
  const manifest = readManifest();
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every((kind) =>
    sameEntries(manifest[kind], lockedRoot?.[kind]),
  );
}

function sameEntries(one = {}, other = {}) {
  const sorted = (entries) => JSON.stringify(Object.entries(entries).sort());
  return sorted(one) === sorted(other);
}

function readManifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function npm(programArguments) {
  // The npm that runs us, so that no second one need be on the path.
  const own = process.env.npm_execpath;
  const [program, first] =
    own !== undefined && basename(own) === 'npm-cli.js' ? [process.execPath, [own]] : ['npm', []];
  return spawnSync(program, [...first, ...programArguments], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    .status;
}

function hashFiles(inputs, ignored) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const file of inputs.flatMap((input) => filesIn(input))) {
    if (!ignored.test(file)) {
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(root, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesIn(path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') {
      return [path];
    }
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
}

function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parseOrNothing(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeIfAllowed(file, content) {
  try {
    writeFileSync(file, content);
  } catch {
    // A node_modules one may not write to is checked in full each time, which costs some tens of milliseconds.
  }
}

function say(chinese, english) {
  console.log(`${chinese} ${english}`);
}

function stop(chinese, english) {
  console.error(`\n${chinese}\n${english}\n`);
  process.exit(1);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const purpose = process.argv[2];
  if (purpose !== 'start' && purpose !== 'test') {
    stop('用法：node scripts/prepare.mjs start|test', 'Usage: node scripts/prepare.mjs start|test');
  }
  prepare(purpose);
}
