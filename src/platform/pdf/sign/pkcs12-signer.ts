import { createPrivateKey } from 'node:crypto';
import * as pkijs from 'pkijs';
import { parseAsn1 } from './asn1';
import { ParsedCertificate, parseCertificate } from './certificate';
import { type Identity, signerOf } from './certificate-authority';
import { SealingError } from './sealing-error';
import { KeySigner } from './signer';

const unreadable = (reason: string, cause?: unknown): SealingError =>
  new SealingError(
    'KEY_STORE_UNREADABLE',
    `签章证书文件（.p12）打不开：${reason}。若口令无误，文件可能使用旧式加密（3DES/RC2），` +
      '请用 openssl pkcs12 重新导出为 AES-256 后再配置。',
    { cause },
  );

/**
 * Opens a PKCS#12 file (PBES2 with AES, what OpenSSL 3 writes) and makes a signer of its key and certificates.
 * The chain is put in order: the certificate of the key first, then its issuers as far as the file holds them.
 *
 * @param bytes the .p12 or .pfx
 * @param password its password
 * @throws SealingError KEY_STORE_UNREADABLE, KEY_UNSUPPORTED, KEY_MISMATCH
 */
export async function openPkcs12(bytes: Uint8Array, password: string): Promise<KeySigner> {
  return signerOf(await openPkcs12Identity(bytes, password));
}

/** As {@link openPkcs12}, the key itself: for an application that stores it (encrypted) and signs later. */
export async function openPkcs12Identity(bytes: Uint8Array, password: string): Promise<Identity> {
  const secret = Uint8Array.from(Buffer.from(password, 'utf8')).buffer;
  const bags = await readBags(bytes, secret);
  const keys: Buffer[] = [];
  const certificates: ParsedCertificate[] = [];
  for (const bag of bags) {
    if (bag instanceof pkijs.PrivateKeyInfo) keys.push(Buffer.from(bag.toSchema().toBER()));
    else if (bag instanceof pkijs.PKCS8ShroudedKeyBag && bag.parsedValue) {
      keys.push(Buffer.from(bag.parsedValue.toSchema().toBER()));
    } else if (bag instanceof pkijs.CertBag && bag.parsedValue instanceof pkijs.Certificate) {
      certificates.push(parseCertificate(new Uint8Array(bag.parsedValue.toSchema().toBER())));
    }
  }
  const [pkcs8] = keys;
  if (!pkcs8 || keys.length > 1) throw unreadable(pkcs8 ? '里面有多把私钥，请只保留签章用的一把' : '里面没有私钥');
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const own = certificates.find((certificate) => certificate.x509.checkPrivateKey(privateKey));
  if (!own) throw new SealingError('KEY_MISMATCH', '签章证书文件（.p12）里没有与私钥配套的证书，请重新导出。');
  return { privateKey, chain: orderedChain(own, certificates) };
}

async function readBags(bytes: Uint8Array, password: ArrayBuffer): Promise<unknown[]> {
  try {
    const pfx = new pkijs.PFX({ schema: parseAsn1(bytes) });
    await pfx.parseInternalValues({ password, checkIntegrity: true });
    const safe = pfx.parsedValue?.authenticatedSafe;
    if (!safe) throw new Error('no content');
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) });
    const contents = (safe.parsedValue as { safeContents: { value: pkijs.SafeContents }[] }).safeContents;
    const bags = contents.flatMap((content) => content.value.safeBags.map((bag) => bag.bagValue as unknown));
    for (const bag of bags) {
      // pkijs types this method as protected, yet it is the only way to open a shrouded key bag it has parsed.
      if (bag instanceof pkijs.PKCS8ShroudedKeyBag) {
        await (
          bag as unknown as { parseInternalValues(p: { password: ArrayBuffer }): Promise<void> }
        ).parseInternalValues({
          password,
        });
      }
    }
    return bags;
  } catch (error) {
    throw unreadable('口令不对或格式不受支持', error);
  }
}

export function orderedChain(own: ParsedCertificate, all: readonly ParsedCertificate[]): Buffer[] {
  const chain = [own];
  for (;;) {
    const top = chain[chain.length - 1];
    const issuer = all.find(
      (candidate) => top?.x509.checkIssued(candidate.x509) && !chain.some((seen) => seen.der.equals(candidate.der)),
    );
    if (!issuer) return chain.map((certificate) => certificate.der);
    chain.push(issuer);
  }
}
