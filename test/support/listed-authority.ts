import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { KeyObject, webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Identity,
  LocalTimestampAuthority,
  type WithdrawnCertificate,
  issueRevocationList,
  issueRoot,
  signerOf,
} from '../../src/platform/pdf/sign';

const LIFE = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2036-01-01T00:00:00Z') };
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A timestamp service over HTTP whose certificate names a list of what its authority has taken back, served by the same server. */
export class ListedAuthority {
  isListUp = false;
  listsAsked = 0;
  readonly withdrawn: WithdrawnCertificate[] = [];

  private constructor(
    readonly root: Identity,
    private readonly server: Server,
  ) {}

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get timestampUrl(): string {
    return `http://${this.host}/timestamp`;
  }

  static async open(clock: () => Date): Promise<ListedAuthority> {
    const root = await issueRoot({ commonName: '测试时间戳机构根证书', key: 'P-256', ...LIFE });
    const server = createServer();
    const authority = new ListedAuthority(root, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const service = new LocalTimestampAuthority(
      signerOf(await listedCertificate(root, `http://${authority.host}/list.crl`)),
      clock,
    );
    server.on('request', (incoming, outgoing) => {
      if (incoming.url === '/list.crl') {
        authority.listsAsked += 1;
        if (!authority.isListUp) outgoing.writeHead(503).end();
        else void issueRevocationList(root, authority.withdrawn, clock()).then((list) => outgoing.end(list));
        return;
      }
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => void service.query(Buffer.concat(parts)).then((answer) => outgoing.end(answer)));
    });
    return authority;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function listedCertificate(root: Identity, list: string): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(Uint8Array.from(root.chain[0] ?? new Uint8Array()));
  const pkcs8 = root.privateKey.export({ type: 'pkcs8', format: 'der' });
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: '4711',
      subject: 'CN=测试时间戳机构',
      issuer: issuer.subjectName,
      ...LIFE,
      publicKey: keys.publicKey,
      signingKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['sign']),
      signingAlgorithm: P256,
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true),
        new x509.CRLDistributionPointsExtension([list]),
      ],
    },
    webcrypto,
  );
  return { privateKey: KeyObject.from(keys.privateKey), chain: [Buffer.from(certificate.rawData), ...root.chain] };
}
