import { constants, createHash, privateEncrypt } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../../src/platform/pdf/sign';

/** DigestInfo of SHA-256: what RSASSA-PKCS1-v1_5 signs when the digest comes from outside. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export interface SigningProvider {
  readonly url: string;
  /** Names of the calls that came, in order. */
  readonly calls: string[];
  /** What it does next: answers, refuses, breaks off, or signs another digest than it was asked for. */
  mood: 'well' | 'refusing' | 'silent' | 'lying' | 'talking nonsense';
  close(): Promise<void>;
}

export const ACCESS_TOKEN = 'token-of-the-center';
export const PIN = '246810';
export const CREDENTIAL = 'guangming';

interface Asked {
  readonly credentialID: string;
  readonly hashes: readonly string[];
  readonly authData: readonly { readonly value: string }[];
  readonly SAD: string;
}

/**
 * A signing service with one RSA key, by the interface of the Cloud Signature Consortium. Real: the key, HTTP, the order of the calls and
 * that a signature activation holds for the digest it was given for. The rest of such a service is left out.
 */
export async function openSigningProvider(identity: Identity): Promise<SigningProvider> {
  const activations = new Map<string, string>();
  const provider: Omit<SigningProvider, 'url' | 'close'> = { calls: [], mood: 'well' };
  const answers: Record<string, (body: Asked) => object> = {
    '/csc/v2/credentials/info': () => ({
      key: { status: 'enabled' },
      cert: { certificates: identity.chain.map((der) => Buffer.from(der).toString('base64')) },
    }),
    '/csc/v2/credentials/authorize': ({ hashes, authData }) => {
      if (authData[0]?.value !== PIN) throw new Error('invalid_pin');
      const [hash] = hashes;
      const sad = `sad-${activations.size}`;
      activations.set(sad, String(hash));
      return { SAD: sad, expiresIn: 60 };
    },
    '/csc/v2/signatures/signHash': ({ SAD, hashes }) => {
      const [hash] = hashes;
      if (activations.get(SAD) !== hash) throw new Error('invalid_request');
      const digest =
        provider.mood === 'lying' ? createHash('sha256').update('other').digest() : Buffer.from(String(hash), 'base64');
      return { signatures: [signDigest(identity, digest).toString('base64')] };
    },
  };
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const path = String(request.url);
      provider.calls.push(path.slice('/csc/v2/'.length));
      if (provider.mood === 'silent') return void response.destroy();
      if (provider.mood === 'talking nonsense') return void response.end('<html>502</html>');
      try {
        if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}` || provider.mood === 'refusing')
          throw new Error();
        const body = JSON.parse(text) as Asked;
        if (body.credentialID !== CREDENTIAL) throw new Error('unknown credential');
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(answers[path]?.(body)));
      } catch (error) {
        response.statusCode = 400;
        response.end(JSON.stringify({ error: String(error) }));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(provider, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/csc/v2`,
    close: () =>
      new Promise<void>((done) =>
        server.close(() => {
          done();
        }),
      ),
  });
}

/** Node signs data and not digests; with RSA a digest is signed by padding its DigestInfo (ECDSA: see the token). */
function signDigest({ privateKey }: Identity, digest: Buffer): Buffer {
  return privateEncrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([SHA256_INFO, digest]),
  );
}
