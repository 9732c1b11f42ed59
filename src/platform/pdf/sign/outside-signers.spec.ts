import {
  type ProviderOptions,
  type TokenOptions,
  readProviderChain,
  readTokenChain,
  sealPdf,
  signerFor,
  verifyPdf,
} from '.';
import { type DemoCentre, NOW, aDemoCentre, aPaper, usualOptions } from '../../../../test/support/sealing-fixtures';
import {
  ACCESS_TOKEN,
  CREDENTIAL,
  PIN,
  type SigningProvider,
  openSigningProvider,
} from '../../../../test/support/signing-provider';
import { type SoftToken, hasSoftToken, openSoftToken } from '../../../../test/support/soft-token';

const LABEL = '光明社区调委会';

async function sealed(center: DemoCentre, key: Parameters<typeof signerFor>[0]) {
  const { pdf } = await sealPdf(await aPaper(2), usualOptions(center, { signer: signerFor(key) }));
  return verifyPdf(pdf, { trustedRoots: center.roots, now: NOW });
}

/** Real: HTTP, RSA, PDF. The service behind HTTP is the suite's own. */
describe('a key at a signing service', () => {
  let center: DemoCentre;
  let service: SigningProvider;
  let provider: ProviderOptions;
  beforeAll(async () => {
    center = await aDemoCentre('RSA-3072');
    service = await openSigningProvider(center.committee);
    provider = { url: service.url, accessToken: ACCESS_TOKEN, pin: PIN };
  });
  beforeEach(() => {
    service.calls.length = 0;
    service.mood = 'well';
  });
  afterAll(() => service.close());

  const key = async () => ({
    provider,
    credential: CREDENTIAL,
    chain: await readProviderChain(provider, CREDENTIAL),
  });

  it('seals a paper that verifies; the service is asked for one activation and one signature', async () => {
    const found = await key();
    expect(found.chain.map((der) => Buffer.from(der).toString('hex'))).toEqual(
      center.committee.chain.map((der) => Buffer.from(der).toString('hex')),
    );
    service.calls.length = 0;
    expect((await sealed(center, found)).verdict).toBe('valid');
    expect(service.calls).toEqual(['credentials/authorize', 'signatures/signHash']);
  });

  it('refuses a signature over something else', async () => {
    const found = await key();
    service.mood = 'lying';
    await expect(sealed(center, found)).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
  });

  it.each([
    ['refusing', 'SIGNER_REFUSED'],
    ['silent', 'SIGNER_UNREACHABLE'],
    ['talking nonsense', 'SIGNER_UNREACHABLE'],
  ] as const)('says what to do when the service is %s', async (mood, code) => {
    const found = await key();
    service.mood = mood;
    await expect(sealed(center, found)).rejects.toMatchObject({ code });
    await expect(readProviderChain(provider, CREDENTIAL)).rejects.toMatchObject({ code });
  });

  it('refuses with a wrong PIN, a wrong credential, and where nobody listens', async () => {
    const found = await key();
    const refused = { code: 'SIGNER_REFUSED' };
    await expect(sealed(center, { ...found, provider: { ...provider, pin: '0' } })).rejects.toMatchObject(refused);
    await expect(readProviderChain(provider, 'other')).rejects.toMatchObject(refused);
    const nobody = { ...provider, url: 'http://127.0.0.1:9/csc/v2' };
    await expect(readProviderChain(nobody, CREDENTIAL)).rejects.toMatchObject({ code: 'SIGNER_UNREACHABLE' });
  });
});

if (!hasSoftToken) console.warn('!! No SoftHSM and OpenSC here: keys on a token were not tried.');

/** Real: the PKCS#11 driver of SoftHSM, asked as the driver of a token in hardware is. */
(hasSoftToken ? describe : describe.skip)('a key on a token', () => {
  let token: SoftToken;
  const centers: Partial<Record<'P-256' | 'RSA-3072', DemoCentre>> = {};
  beforeAll(async () => {
    token = openSoftToken();
    for (const kind of ['P-256', 'RSA-3072'] as const) {
      const center = await aDemoCentre(kind);
      centers[kind] = center;
      token.put(`${LABEL}${kind}`, center.committee);
    }
  });
  afterAll(() => {
    token.remove();
  });
  const key = async (label: string, at: TokenOptions = token) => ({
    token: at,
    label,
    chain: await readTokenChain(at, label),
  });

  it.each(['P-256', 'RSA-3072'] as const)('seals a paper that verifies (%s)', async (kind) => {
    const center = centers[kind];
    if (!center) throw new Error('no center');
    const found = await key(`${LABEL}${kind}`);
    expect(found.chain.map((der) => Buffer.from(der).toString('hex'))).toEqual(
      center.committee.chain.map((der) => Buffer.from(der).toString('hex')),
    );
    expect((await sealed(center, found)).verdict).toBe('valid');
  });

  it('refuses when the certificate belongs to another key', async () => {
    const center = centers['P-256'];
    if (!center) throw new Error('no center');
    const { chain } = (await aDemoCentre()).committee;
    await expect(sealed(center, { token, label: `${LABEL}P-256`, chain })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });

  it('says what to do: wrong PIN, no such key, no such driver', async () => {
    await expect(key(LABEL, { ...token, pin: '0000' })).rejects.toMatchObject({ code: 'SIGNER_REFUSED' });
    await expect(key('没有的密钥')).rejects.toMatchObject({ code: 'SIGNER_REFUSED' });
    await expect(key(LABEL, { ...token, module: '/nowhere.so' })).rejects.toMatchObject({ code: 'SIGNER_UNREACHABLE' });
    const without = { ...token, environment: { PATH: '/nowhere' } };
    await expect(key(LABEL, without)).rejects.toMatchObject({ code: 'SIGNER_UNREACHABLE' });
  });
});
