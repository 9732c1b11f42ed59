import { Agent, request } from 'node:http';
import type { TestApp } from '../../support/test-app';

export interface RawCall {
  readonly method: string;
  /** Sent as it is, however malformed. */
  readonly path: string;
  /** Names and values in turn, so that a header may come twice. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly milliseconds: number;
}

/** Sends what no well-behaved client would send: bytes, doubled headers, paths that are no URL. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });
  private readonly port: number;

  constructor(t: TestApp) {
    this.port = (t.app.getHttpServer().address() as { port: number }).port;
  }

  send(call: RawCall): Promise<RawAnswer> {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const length = ['Content-Length', String(Buffer.byteLength(call.body ?? ''))];
      const outgoing = request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port: this.port,
          method: call.method,
          path: call.path,
          headers: ['Host', '127.0.0.1', ...(call.method === 'GET' ? [] : length), ...(call.headers ?? [])],
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: Buffer.concat(parts).toString('utf8'),
              milliseconds: performance.now() - started,
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(call.body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
