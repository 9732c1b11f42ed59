/** No usable answer; `message` is Chinese and for staff. */
export class RevocationError extends Error {
  override readonly name = 'RevocationError';
}

const TIMEOUT_MS = 10_000;
/** Lists of large authorities reach a few megabytes; reading one costs many times its length. */
const MAX_ANSWER = 5 * 1024 * 1024;

/**
 * Where authorities say what they have taken back, over HTTP. The addresses stand in certificates, so only hosts that the
 * operator has named are called: nobody makes this program knock at doors inside the house.
 */
export class RevocationServices {
  private readonly hosts: ReadonlySet<string>;
  private readonly known = new Map<string, Promise<Uint8Array>>();

  /** @param hosts with the port where it is not the usual one; one object asks each question once */
  constructor(hosts: readonly string[]) {
    this.hosts = new Set(hosts.map((host) => host.toLowerCase()));
  }

  /** A certificate revocation list, DER. @throws RevocationError */
  list(address: string): Promise<Uint8Array> {
    return this.once(address, () => this.fetch(address, { method: 'GET' }));
  }

  /** The answer of an OCSP service. @throws RevocationError */
  ask(address: string, question: Uint8Array): Promise<Uint8Array> {
    return this.once(`${address} ${Buffer.from(question).toString('hex')}`, () =>
      this.fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
        body: Uint8Array.from(question),
      }),
    );
  }

  private once(key: string, ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.known.get(key) ?? ask();
    this.known.set(key, known);
    return known;
  }

  private async fetch(address: string, request: RequestInit): Promise<Uint8Array> {
    const { host } = new URL(address);
    if (!this.hosts.has(host.toLowerCase()))
      throw new RevocationError(`吊销信息在 ${host}，本系统没有获准访问，请系统管理员在 REVOCATION_HOSTS 中添加`);
    try {
      const response = await fetch(address, {
        ...request,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new RevocationError(`吊销信息服务 ${host} 没有正常应答（HTTP ${response.status}）`);
      }
      return await bounded(response, host);
    } catch (error) {
      if (error instanceof RevocationError) throw error;
      throw new RevocationError(`连接不上吊销信息服务 ${host}`, { cause: error });
    }
  }
}

async function bounded(response: Response, host: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    const bytes = piece as Uint8Array;
    length += bytes.length;
    if (length > MAX_ANSWER) throw new RevocationError(`吊销信息服务 ${host} 的应答过大，已拒收`);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
