import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutsidePost, type Resolver } from './outside-post';

/** Real sockets on this machine stand in for the outside; names are resolved by the test, so that nothing is asked of a network. */
describe('posts to the outside', () => {
  let server: Server;
  let port = 0;
  let asked = 0;
  let answer: { status: number; location?: string } = { status: 200 };
  beforeAll(async () => {
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end('taken');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = 0;
    answer = { status: 200 };
  });

  const at =
    (...addresses: string[]): Resolver =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  const refused = async (post: OutsidePost, url: string): Promise<unknown> =>
    post.json(new URL(url), '{}').then(
      () => 'taken',
      (error: unknown) => (error as Error).message,
    );

  it('go to a host in the own network only where it was named as such', async () => {
    const named = new OutsidePost({ hosts: [], insideHosts: ['gateway.test'] }, at('127.0.0.1'));
    expect(await named.json(new URL(`http://gateway.test:${port}/`), '{}')).toBe('taken');
    expect(asked).toBe(1);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
  ])('refuse a listed host that resolves to %s', async (address) => {
    const post = new OutsidePost({ hosts: ['robot.test'], insideHosts: [] }, at(address));
    expect(await refused(post, 'https://robot.test/send')).toBe('主机 robot.test 指向内部网络地址，已拒绝');
    expect(await refused(post, 'https://robot.test/send')).not.toBe('taken');
  });

  it('refuse a host with one address inside among others', async () => {
    const post = new OutsidePost({ hosts: ['robot.test'], insideHosts: [] }, at('93.184.216.34', '127.0.0.1'));
    expect(await refused(post, 'https://robot.test/')).toContain('已拒绝');
  });

  it('refuse what nobody has named, addresses written out, and plain http to the open network', async () => {
    const post = new OutsidePost({ hosts: ['robot.test', '127.0.0.1', '[::1]'], insideHosts: [] }, at('93.184.216.34'));
    expect(await refused(post, 'https://elsewhere.test/')).toBe('主机 elsewhere.test 不在允许名单');
    expect(await refused(post, 'http://robot.test/')).toBe('主机 robot.test 须用 https 连接');
    expect(await refused(post, `https://127.0.0.1:${port}/`)).toContain('已拒绝');
    expect(await refused(post, `https://[::1]:${port}/`)).toContain('已拒绝');
    expect(asked).toBe(0);
  });

  it('connect to the address that was looked at, whatever the name answers a moment later', async () => {
    let turn = 0;
    // First inside as named, then somewhere nothing listens: only a second look-up would fail.
    const rebinding: Resolver = () =>
      Promise.resolve([{ address: (turn += 1) === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }]);
    const post = new OutsidePost({ hosts: [], insideHosts: ['rebind.test'] }, rebinding);
    expect(await post.json(new URL(`http://rebind.test:${port}/`), '{}')).toBe('taken');
    expect([turn, asked]).toEqual([1, 1]);
  });

  it('follow no redirect, and say which answers may pass', async () => {
    const post = new OutsidePost({ hosts: [], insideHosts: ['gateway.test'] }, at('127.0.0.1'));
    const failure = async (status: number): Promise<{ message: string; isPermanent: boolean }> => {
      answer = { status, location: `http://127.0.0.1:${port}/other` };
      return (await post.json(new URL(`http://gateway.test:${port}/`), '{}').catch((error: unknown) => error)) as never;
    };
    expect(await failure(302)).toMatchObject({ isPermanent: true });
    expect(asked).toBe(1);
    expect((await failure(307)).message).toContain('要求转到别处');
    expect(await failure(400)).toMatchObject({ isPermanent: true });
    expect(await failure(429)).toMatchObject({ isPermanent: false });
    expect(await failure(503)).toMatchObject({ isPermanent: false });
  });
});
