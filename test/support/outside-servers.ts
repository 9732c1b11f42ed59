import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface PostTarget {
  readonly host: string;
  readonly posts: Posted[];
  /** How it answers from now on. */
  answer: { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
  /** What answers wait for. */
  hold: Promise<void> | null;
  close(): Promise<void>;
}

/** A server of somebody else's, on a real socket, that keeps what was posted to it. */
export async function aPostTarget(): Promise<PostTarget> {
  const posts: Posted[] = [];
  const target = { posts, answer: { status: 200, body: '{"errcode":0}' }, hold: null } as unknown as PostTarget;
  const server = createHttp((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString('utf8')));
    request.on('end', () => {
      posts.push({ path: request.url ?? '', headers: request.headers, body });
      void Promise.resolve(target.hold).then(() => {
        response.writeHead(target.answer.status, target.answer.headers);
        response.end(target.answer.body ?? '');
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(target, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  });
}

interface MailTarget {
  readonly host: string;
  readonly mails: string[];
  /** What it says to a recipient from now on. */
  answer: string;
  close(): Promise<void>;
}

/** A mail server that takes everything down: as much of SMTP as a client needs to hand over a message. */
export async function aMailTarget(): Promise<MailTarget> {
  const target = { mails: [] as string[], answer: '250 OK' };
  const server = createTcp((socket) => {
    let pending = '';
    let data: string | null = null;
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const hear = (line: string): void => {
      if (data !== null) {
        if (line !== '.') {
          data += `${line}\n`;
          return;
        }
        target.mails.push(data);
        data = null;
        say('250 taken');
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'DATA') data = '';
      if (verb === 'QUIT') socket.end('221 bye\r\n');
      else say(verb === 'DATA' ? '354 go on' : verb === 'RCPT' ? target.answer : '250 OK');
    };
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      const lines = (pending + piece.toString('utf8')).split('\r\n');
      pending = lines.pop() ?? '';
      lines.forEach(hear);
    });
    say('220 test');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(target, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => {
          done();
        });
      }),
  });
}
