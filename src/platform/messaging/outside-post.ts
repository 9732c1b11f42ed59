import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { ChannelFailure } from './channel';

/** Addresses of a host, as the resolver of the machine knows them. */
export type Resolver = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 64 * 1024;

/** Everything that is not the open network: this machine, the house's own network, and what is no single host. */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv6');

function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return INSIDE.check(mapped, 'ipv4');
  return INSIDE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

interface Allowed {
  readonly hosts: readonly string[];
  /** Hosts that may lie in the own network, and may be spoken to without TLS. */
  readonly insideHosts: readonly string[];
}

/**
 * Posts to hosts that an operator has named and to no others: the name is resolved once and the connection goes to that very
 * address, an address of the own network is refused unless its host was named as such, and no redirect is followed.
 */
export class OutsidePost {
  constructor(
    private readonly allowed: Allowed,
    private readonly resolve: Resolver = (host) => lookup(host, { all: true, verbatim: true }),
  ) {}

  /** The one address that a connection may go to. @throws ChannelFailure */
  async addressOf(url: URL): Promise<{ readonly address: string; readonly family: number }> {
    const listed = (hosts: readonly string[]): boolean => hosts.some((one) => one === url.host || one === url.hostname);
    const mayBeInside = listed(this.allowed.insideHosts);
    if (!mayBeInside && !listed(this.allowed.hosts)) throw new ChannelFailure(`主机 ${url.host} 不在允许名单`, true);
    if (!mayBeInside && url.protocol === 'http:') throw new ChannelFailure(`主机 ${url.host} 须用 https 连接`, true);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const found = isIP(host) === 0 ? await this.resolved(host) : [{ address: host, family: isIP(host) }];
    const [first] = found;
    if (first === undefined) throw new ChannelFailure(`主机 ${url.host} 没有网络地址`, false);
    // Of several addresses one inside is enough: nobody mixes them in good faith.
    if (!mayBeInside && found.some(({ address }) => isInside(address)))
      throw new ChannelFailure(`主机 ${url.host} 指向内部网络地址，已拒绝`, true);
    return first;
  }

  async json(url: URL, body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const { address, family } = await this.addressOf(url);
    return new Promise((done, fail) => {
      const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
        // What was looked at is what is connected to, whatever the name answers a moment later.
        lookup: (_host, options, answer) => {
          if (options.all === true) answer(null, [{ address, family }]);
          else answer(null, address, family);
        },
      });
      request.on('error', (error) => {
        fail(new ChannelFailure(`连接不上 ${url.host}`, false, { cause: error }));
      });
      request.on('response', (response) => {
        const { statusCode = 0 } = response;
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > MAX_ANSWER) request.destroy(new Error('answer too long'));
          else pieces.push(piece);
        });
        response.on('error', (error) => {
          fail(new ChannelFailure(`${url.host} 的应答中断`, false, { cause: error }));
        });
        response.on('end', () => {
          if (statusCode >= 200 && statusCode < 300) done(Buffer.concat(pieces).toString('utf8'));
          else fail(refusal(url.host, statusCode));
        });
      });
      request.end(body);
    });
  }

  private async resolved(host: string): ReturnType<Resolver> {
    try {
      return await this.resolve(host);
    } catch (error) {
      throw new ChannelFailure(`解析不到主机 ${host}`, false, { cause: error });
    }
  }
}

function refusal(host: string, status: number): ChannelFailure {
  if (status >= 300 && status < 400) return new ChannelFailure(`${host} 要求转到别处，已拒绝（HTTP ${status}）`, true);
  const mayPass = status >= 500 || status === 408 || status === 425 || status === 429;
  return new ChannelFailure(`${host} 没有接收（HTTP ${status}）`, !mayPass);
}
