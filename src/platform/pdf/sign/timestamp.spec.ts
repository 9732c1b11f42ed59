import { createHash } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { HttpTimestampAuthority, LocalTimestampAuthority, TimestampAuthority, requestTimestamp, signerOf } from '.';
import { derOf, parseAsn1 } from './asn1';
import { parseCertificate } from './certificate';
import { verifyTimestampToken } from './timestamp';
import { DemoCentre, NOW, aDemoCentre } from '../../../../test/support/sealing-fixtures';

const digest = createHash('sha256').update('a paper').digest();
const codeOf = (authority: TimestampAuthority): Promise<unknown> =>
  requestTimestamp(authority, digest).then(
    () => 'granted',
    (error: unknown) => (error as { code: string }).code,
  );

/** Real: tokens, certificates, and an HTTP server on the loopback. */
describe('timestamps', () => {
  let centre: DemoCentre;
  beforeAll(async () => {
    centre = await aDemoCentre();
  });

  it('attest the digest at the moment of the service’s clock', async () => {
    const token = await requestTimestamp(centre.tsa, digest);
    expect(token.time).toEqual(NOW);
    const roots = centre.roots.map(parseCertificate);
    const { path, ...found } = await verifyTimestampToken(token.der, () => digest, roots);
    expect(found).toEqual({
      outcome: 'passed',
      text: '时间戳有效，由“新城区综治中心演示时间戳”出具',
      time: NOW,
      authorityName: '新城区综治中心演示时间戳',
    });
    expect(path?.map((certificate) => certificate.subjectName)).toEqual([
      '新城区综治中心演示时间戳',
      expect.any(String),
    ]);
    expect((await verifyTimestampToken(token.der, () => Buffer.alloc(32), roots)).outcome).toBe('failed');
    expect((await verifyTimestampToken(token.der, () => digest, [])).outcome).toBe('unknown');
  });

  it('are not believed from a certificate that is not for timestamps, or outside its life', async () => {
    const roots = centre.roots.map(parseCertificate);
    const wrongKey = await requestTimestamp(new LocalTimestampAuthority(signerOf(centre.committee), () => NOW), digest);
    expect((await verifyTimestampToken(wrongKey.der, () => digest, roots)).text).toContain('不是时间戳证书');
    const past = new LocalTimestampAuthority(signerOf(centre.timestamp), () => new Date('2020-01-01T00:00:00Z'));
    const early = await requestTimestamp(past, digest);
    expect((await verifyTimestampToken(early.der, () => digest, roots)).text).toContain('不在有效期内');
  });

  it('are refused when the answer belongs to another question', async () => {
    const replay = await centre.tsa.query(
      derOf(
        new pkijs.TimeStampReq({
          version: 1,
          certReq: true,
          nonce: new asn1js.Integer({ value: 7 }),
          messageImprint: new pkijs.MessageImprint({
            hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' }),
            hashedMessage: new asn1js.OctetString({ valueHex: Uint8Array.from(digest).buffer }),
          }),
        }),
      ),
    );
    expect(await codeOf({ query: () => Promise.resolve(replay) })).toBe('UNTRUSTWORTHY');
    const other: TimestampAuthority = {
      query: async (request) => {
        const asked = new pkijs.TimeStampReq({ schema: parseAsn1(request) });
        asked.messageImprint.hashedMessage = new asn1js.OctetString({ valueHex: new Uint8Array(32).buffer });
        return centre.tsa.query(derOf(asked));
      },
    };
    expect(await codeOf(other)).toBe('UNTRUSTWORTHY');
    expect(await codeOf({ query: () => Promise.resolve(Buffer.from('garbage')) })).toBe('UNTRUSTWORTHY');
  });

  it('are refused by the local service for what it does not understand', async () => {
    expect(await codeOf({ query: () => centre.tsa.query(Buffer.from([0x30, 0])) })).toBe('REFUSED');
    const sha1: TimestampAuthority = {
      query: (request) => {
        const asked = new pkijs.TimeStampReq({ schema: parseAsn1(request) });
        asked.messageImprint.hashAlgorithm = new pkijs.AlgorithmIdentifier({ algorithmId: '1.3.14.3.2.26' });
        return centre.tsa.query(derOf(asked));
      },
    };
    expect(await codeOf(sha1)).toBe('REFUSED');
  });

  describe('over HTTP', () => {
    let server: Server;
    let url: string;
    beforeAll(async () => {
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          if (request.url === '/slow') return;
          if (request.url === '/down') return void response.writeHead(503).end();
          if (request.url === '/moved') return void response.writeHead(302, { location: '/' }).end();
          if (request.url === '/endless') return void response.end(Buffer.alloc(200_000));
          if (request.headers['content-type'] !== 'application/timestamp-query')
            return void response.writeHead(415).end();
          void centre.tsa.query(Buffer.concat(chunks)).then((answer) => {
            response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
          });
        });
      });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('come back', async () => {
      expect((await requestTimestamp(new HttpTimestampAuthority({ url }), digest)).time).toEqual(NOW);
    });
    it.each([
      ['/slow', 'UNREACHABLE'],
      ['/down', 'UNREACHABLE'],
      ['/moved', 'UNREACHABLE'],
      ['/endless', 'UNTRUSTWORTHY'],
    ])('%s counts as %s', async (path, code) => {
      expect(
        await codeOf(new HttpTimestampAuthority({ url: url + path, timeoutMs: path === '/slow' ? 100 : 5_000 })),
      ).toBe(code);
    });
    it('a port where nobody listens counts as UNREACHABLE', async () => {
      expect(await codeOf(new HttpTimestampAuthority({ url: 'http://127.0.0.1:1/' }))).toBe('UNREACHABLE');
    });
  });
});
