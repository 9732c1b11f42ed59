import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseCertificate } from './certificate';
import { orderedChain } from './pkcs12-signer';
import { SealingError } from './sealing-error';
import { OutsideSigner } from './signer';

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;
const NO_SUCH_KEY = '密码设备里没有这个名称的密钥或证书。请核对密钥名称（区分大小写）。';
/** How pkcs11-tool is told to take the PIN from its environment, where no list of processes shows it. */
const PIN_VARIABLE = 'SIGNING_TOKEN_PIN';
/** DigestInfo of SHA-256 (RFC 8017 §9.2): a token pads what it is given, it does not name the algorithm. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** A token or card as the operator has set it up. */
export interface TokenOptions {
  /** The maker's PKCS#11 driver, a path. */
  readonly module: string;
  readonly pin: string;
  /** Environment of the driver; it sees nothing else of this program's. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One key on the token, by the label that it and its certificate carry, with DER certificates, own first. */
export interface TokenKey {
  readonly token: TokenOptions;
  readonly label: string;
  readonly chain: readonly Uint8Array[];
}

/**
 * Signs on a token behind PKCS#11. The driver is asked through OpenSC's `pkcs11-tool`, a process of its own: a maker's driver that
 * crashes or hangs then takes one signature with it, not the program.
 */
export class TokenSigner extends OutsideSigner {
  constructor(private readonly key: TokenKey) {
    super(key.chain);
  }

  protected async signDigest(sha256: Uint8Array): Promise<Uint8Array> {
    const isRsa = this.algorithm === 'RSA-SHA256';
    const input = isRsa ? Buffer.concat([SHA256_INFO, sha256]) : Buffer.from(sha256);
    const id = await idOf(this.key.token, this.key.label);
    return withFiles(input, async (from, to) => {
      const mechanism = isRsa ? 'RSA-PKCS' : 'ECDSA';
      const what = ['--sign', '--mechanism', mechanism, '--id', id];
      await ask(this.key.token, [...what, '--input-file', from, '--output-file', to]);
      return readFile(to);
    });
  }
}

/**
 * The certificate that carries the label, then its issuers as far as the token holds them.
 *
 * @throws SealingError SIGNER_UNREACHABLE, SIGNER_REFUSED
 */
export async function readTokenChain(token: TokenOptions, label: string): Promise<readonly Uint8Array[]> {
  // A key and its certificate share their identifier; labels of certificates are free.
  const own = await readCertificate(token, await idOf(token, label));
  const others: Buffer[] = [];
  for (const { id } of await list(token, 'cert')) others.push(await readCertificate(token, id));
  return orderedChain(parseCertificate(own), others.map(parseCertificate));
}

interface TokenObject {
  readonly label: string;
  readonly id: string;
}

/** The tool signs with the first key it finds unless it is given an identifier; a label alone it does not heed. */
async function idOf(token: TokenOptions, label: string): Promise<string> {
  const found = (await list(token, 'privkey')).find((object) => object.label === label);
  if (!found) throw new SealingError('SIGNER_REFUSED', NO_SUCH_KEY);
  return found.id;
}

/** Each object is a heading and indented lines, among them its label and identifier. */
async function list(token: TokenOptions, type: 'privkey' | 'cert'): Promise<readonly TokenObject[]> {
  const objects = (await ask(token, ['--list-objects', '--type', type])).split(/\n(?=\S)/);
  const field = (object: string, name: string): string =>
    new RegExp(`^\\s+${name}:\\s*(.*?)\\s*$`, 'm').exec(object)?.[1] ?? '';
  return objects
    .map((object) => ({ label: field(object, 'label'), id: field(object, 'ID') }))
    .filter(({ id }) => /^[0-9a-f]+$/i.test(id));
}

async function readCertificate(token: TokenOptions, id: string): Promise<Buffer> {
  return withFiles(null, async (_, to) => {
    await ask(token, ['--read-object', '--type', 'cert', '--id', id, '--output-file', to]);
    return readFile(to);
  });
}

async function ask(token: TokenOptions, what: readonly string[]): Promise<string> {
  const args = ['--module', token.module, '--login', '--pin', `env:${PIN_VARIABLE}`, ...what];
  try {
    const { stdout } = await run('pkcs11-tool', args, {
      timeout: TIMEOUT_MS,
      env: { ...token.environment, [PIN_VARIABLE]: token.pin },
    });
    return stdout;
  } catch (error) {
    throw refusalOf(error as { code?: unknown; killed?: boolean; stderr?: string });
  }
}

function refusalOf(error: { code?: unknown; killed?: boolean; stderr?: string }): SealingError {
  const said = error.stderr ?? '';
  const [code, message] =
    error.code === 'ENOENT'
      ? ([
          'SIGNER_UNREACHABLE',
          '服务器上没有安装密码设备的读取程序（OpenSC 的 pkcs11-tool）。请系统管理员安装。',
        ] as const)
      : error.killed === true
        ? (['SIGNER_UNREACHABLE', '密码设备没有应答。请检查设备是否插好、指示灯是否正常，然后重试。'] as const)
        : /PIN_INCORRECT|PIN_LOCKED|PIN_INVALID|PIN_LEN_RANGE/.test(said)
          ? (['SIGNER_REFUSED', '密码设备不接受所配置的 PIN。请系统管理员核对；多次输错会锁住设备。'] as const)
          : /object not found|key not found|certificate not found/i.test(said)
            ? (['SIGNER_REFUSED', NO_SUCH_KEY] as const)
            : (['SIGNER_UNREACHABLE', '密码设备读不出来。请检查设备是否插好、驱动程序是否正确，然后重试。'] as const);
  return new SealingError(code, message, { cause: said });
}

/** The tool reads and writes files; what passes through them are digests, signatures and certificates, no secrets. */
async function withFiles<T>(input: Uint8Array | null, work: (from: string, to: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'token-'));
  try {
    const from = join(folder, 'in');
    if (input !== null) await writeFile(from, input);
    return await work(from, join(folder, 'out'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
