import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RevocationServices } from './revocation-services';

/** Real HTTP on this machine. */
describe('asking authorities what they have taken back', () => {
  let server: Server;
  let host: string;
  let asked: string[] = [];
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
      if (incoming.url === '/moved') outgoing.writeHead(302, { location: '/list' }).end();
      else if (incoming.url === '/large') outgoing.end(Buffer.alloc(6 * 1024 * 1024));
      else if (incoming.url === '/broken') outgoing.writeHead(500).end();
      else outgoing.end('list');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('asks a host that the operator named, each question once', async () => {
    const services = new RevocationServices([host.toUpperCase()]);
    for (let n = 0; n < 3; n += 1) {
      expect(Buffer.from(await services.list(`http://${host}/list`)).toString()).toBe('list');
      await services.ask(`http://${host}/ocsp`, Buffer.from('question'));
    }
    expect(asked).toEqual(['GET /list', 'POST /ocsp']);
  });

  it('calls no other host, nor another port of the same', async () => {
    for (const hosts of [[], ['127.0.0.1'], ['crl.example.cn']]) {
      await expect(new RevocationServices(hosts).list(`http://${host}/list`)).rejects.toThrow('没有获准访问');
    }
    expect(asked).toEqual([]);
  });

  it('follows no redirection, takes no endless answer, and says when there is none', async () => {
    const services = new RevocationServices([host, '127.0.0.1:1']);
    await expect(services.list(`http://${host}/moved`)).rejects.toThrow('连接不上');
    expect(asked).toEqual(['GET /moved']);
    await expect(services.list(`http://${host}/large`)).rejects.toThrow('应答过大');
    await expect(services.list(`http://${host}/broken`)).rejects.toThrow('HTTP 500');
    await expect(services.list('http://127.0.0.1:1/list')).rejects.toThrow('连接不上');
  });
});
