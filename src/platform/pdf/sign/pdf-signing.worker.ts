import { KeyObject } from 'node:crypto';
import { sealPdf, SealOptions, SealedPdf } from './seal-pdf';
import { SealingError, SealingErrorCode } from './sealing-error';
import { LongTermOptions, makeLongTermCopy, revocationQuestions } from './long-term';
import { ProviderKey, ProviderSigner } from './provider-signer';
import { KeySigner, Signer } from './signer';
import { HttpTimestampAuthority, HttpTimestampOptions, LocalTimestampAuthority } from './timestamp';
import { TokenKey, TokenSigner } from './token-signer';
import { PdfVerification, VerifyOptions, verifyPdf } from './verify-pdf';

/**
 * Entry of a worker thread (piscina: `filename` = this file, `name` = 'verify' or 'seal'). Parsing certificates and glyphs costs tens of
 * milliseconds at first, and a file from a stranger may cost seconds: give `verify` a time limit and end the thread when it passes.
 * Everything in a task can be cloned into the thread; a KeyObject travels without its bytes ever lying in a message as text.
 */
export interface VerifyTask {
  readonly bytes: Uint8Array;
  readonly options: Omit<VerifyOptions, 'revocation'>;
}

/** A key in memory with its DER certificates, own first. */
export interface KeyWithChain {
  readonly privateKey: KeyObject;
  readonly chain: readonly Uint8Array[];
}

/** Where a seal's key lies, with all that is needed to sign with it. */
export type SigningKey = KeyWithChain | TokenKey | ProviderKey;

export interface SealTask {
  readonly bytes: Uint8Array;
  readonly key: SigningKey;
  /** A service over HTTP, or the key of the demonstration's own. */
  readonly tsa?: HttpTimestampOptions | KeyWithChain;
  readonly options: Omit<SealOptions, 'signer' | 'tsa'>;
}

/** Errors lose their class and code on the way out of a thread, so a refusal is an answer. */
export type SealTaskAnswer =
  { readonly sealed: SealedPdf } | { readonly refused: { readonly code: SealingErrorCode; readonly message: string } };

/** A sealed file whose validation data are to be collected. */
export interface QuestionsTask {
  readonly bytes: Uint8Array;
  readonly options: LongTermOptions;
}

/** The same file with what was answered. */
export interface LongTermTask extends QuestionsTask {
  readonly answers: Parameters<typeof makeLongTermCopy>[1];
}

/** {@link revocationQuestions} in this thread. */
export const questions = ({ bytes, options }: QuestionsTask): ReturnType<typeof revocationQuestions> =>
  revocationQuestions(bytes, options);

/** {@link makeLongTermCopy} in this thread. */
export const longTerm = ({ bytes, answers, options }: LongTermTask): ReturnType<typeof makeLongTermCopy> =>
  makeLongTermCopy(bytes, answers, options);

/** {@link verifyPdf} in this thread. */
export const verify = (task: VerifyTask): Promise<PdfVerification> => verifyPdf(task.bytes, task.options);

/** {@link sealPdf} in this thread. */
export async function seal(task: SealTask): Promise<SealTaskAnswer> {
  try {
    const signer = signerFor(task.key);
    return { sealed: await sealPdf(task.bytes, { ...task.options, signer, tsa: timestampAuthority(task.tsa) }) };
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return { refused: { code: error.code, message: error.message } };
  }
}

/** The signer of a key, wherever it lies. @throws SealingError KEY_UNSUPPORTED, KEY_MISMATCH */
export function signerFor(key: SigningKey): Signer {
  if ('token' in key) return new TokenSigner(key);
  if ('provider' in key) return new ProviderSigner(key);
  return new KeySigner(key.privateKey, key.chain);
}

function timestampAuthority(tsa: SealTask['tsa']): SealOptions['tsa'] {
  if (!tsa) return undefined;
  if ('url' in tsa) return new HttpTimestampAuthority(tsa);
  return new LocalTimestampAuthority(new KeySigner(tsa.privateKey, tsa.chain), () => new Date());
}
