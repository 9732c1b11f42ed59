import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PaperBusyError, PaperEngineError, PaperTimeoutError } from './paper-errors';
import type { PoolOptions } from './paper-pool';
import { SealingError } from './sign';
import type { SealTask, SealTaskAnswer } from './sign/pdf-signing.worker';
import type { SealedPdf } from './sign/seal-pdf';
import type { PdfVerification } from './sign/verify-pdf';
import { type VerifyWithLedgerTask, seal, verify } from './signing.worker';

const DEFAULTS = { maxThreads: 2, maxQueue: 50, timeoutSeconds: 20 };

/** Seals and verifies off the event loop, in a bounded pool. One per process. */
export abstract class SigningPool {
  /** @throws SealingError, PaperBusyError, PaperTimeoutError, PaperEngineError */
  abstract seal(task: SealTask): Promise<SealedPdf>;
  /** @throws PaperBusyError, PaperTimeoutError, PaperEngineError; never for what is in the file */
  abstract verify(task: VerifyWithLedgerTask): Promise<PdfVerification>;
  abstract close(): Promise<void>;
}

/**
 * Threads when the program runs compiled, the calling thread when it runs from TypeScript (a thread can only load JavaScript);
 * the threads are tested on a compiled copy.
 */
export function openSigningPool(options: PoolOptions = {}): SigningPool {
  return __filename.endsWith('.js') ? new SigningThreads(options) : new SigningInline();
}

class SigningThreads extends SigningPool {
  private readonly pool: Piscina<SealTask | VerifyWithLedgerTask, SealTaskAnswer | PdfVerification>;
  private readonly timeoutSeconds: number;

  constructor(options: PoolOptions) {
    super();
    const { maxThreads, maxQueue, timeoutSeconds } = { ...DEFAULTS, ...options };
    this.timeoutSeconds = timeoutSeconds;
    this.pool = new Piscina({
      filename: join(__dirname, 'signing.worker.js'),
      minThreads: 0,
      maxThreads,
      maxQueue,
      idleTimeout: 60_000,
      // A file from a stranger may ask for more memory than there is: the thread dies of it, not the program.
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    // Without a listener the event would end the whole process.
    this.pool.on('error', options.onThreadError ?? ((): void => undefined));
  }

  async seal(task: SealTask): Promise<SealedPdf> {
    return sealedOf((await this.run(task, 'seal')) as SealTaskAnswer);
  }

  async verify(task: VerifyWithLedgerTask): Promise<PdfVerification> {
    return (await this.run(task, 'verify')) as PdfVerification;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async run(
    task: SealTask | VerifyWithLedgerTask,
    name: 'seal' | 'verify',
  ): Promise<SealTaskAnswer | PdfVerification> {
    const signal = AbortSignal.timeout(this.timeoutSeconds * 1000);
    try {
      return await this.pool.run(task, { name, signal });
    } catch (error) {
      if (signal.aborted) throw new PaperTimeoutError(this.timeoutSeconds);
      if (error instanceof Error && error.message.includes('queue is at limit')) throw new PaperBusyError();
      throw new PaperEngineError(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
}

class SigningInline extends SigningPool {
  async seal(task: SealTask): Promise<SealedPdf> {
    return sealedOf(await seal(task));
  }

  async verify(task: VerifyWithLedgerTask): Promise<PdfVerification> {
    return verify(task);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function sealedOf(answer: SealTaskAnswer): SealedPdf {
  if ('refused' in answer) throw new SealingError(answer.refused.code, answer.refused.message);
  return answer.sealed;
}
