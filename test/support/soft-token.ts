import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity, TokenOptions } from '../../src/platform/pdf/sign';

const DRIVERS = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
];
const DRIVER = DRIVERS.find((path) => existsSync(path));
const TOOLS = ['/usr/bin/pkcs11-tool', '/usr/bin/softhsm2-util'];

/** SoftHSM and OpenSC are there: the same calls as to a token in hardware. */
export const hasSoftToken = DRIVER !== undefined && TOOLS.every((path) => existsSync(path));

export interface SoftToken extends TokenOptions {
  /** Puts a key and its certificates onto the token under a label. */
  put(label: string, identity: Identity): void;
  remove(): void;
}

/** A new token of its own. */
export function openSoftToken(): SoftToken {
  const folder = mkdtempSync(join(tmpdir(), 'soft-token-'));
  mkdirSync(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const environment = { PATH: String(process.env['PATH']), SOFTHSM2_CONF: conf };
  const pin = '4711-secret';
  const module = String(DRIVER);
  const run = (tool: string, ...args: string[]): void => {
    execFileSync(tool, args, { env: environment, stdio: 'pipe' });
  };
  run('softhsm2-util', '--init-token', '--free', '--label', 'center', '--pin', pin, '--so-pin', '87654321');
  let count = 0;
  const nextId = (): string => (++count).toString(16).padStart(4, '0');

  return {
    module,
    pin,
    environment,
    put(label, identity) {
      const key = join(folder, 'key.pem');
      writeFileSync(key, identity.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const id = nextId();
      run('softhsm2-util', '--import', key, '--token', 'center', '--label', label, '--id', id, '--pin', pin);
      const login = ['--module', module, '--login', '--pin', pin];
      for (const [i, der] of identity.chain.entries()) {
        const certificate = join(folder, 'certificate.der');
        writeFileSync(certificate, der);
        const named = i === 0 ? ['--label', label, '--id', id] : ['--label', `${label} issuer ${i}`, '--id', nextId()];
        run('pkcs11-tool', ...login, '--write-object', certificate, '--type', 'cert', ...named);
      }
      rmSync(key);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
