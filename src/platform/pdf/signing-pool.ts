import { join } from 'node:path';
import { Piscina } from 'piscina';
import { PaperBusyError, PaperEngineError, PaperTimeoutError } from './paper-errors';
import type { PoolOptions } from './paper-pool';
import { SealingError } from './sign';
import type { LongTermTask, QuestionsTask, SealTask, SealTaskAnswer } from './sign/pdf-signing.worker';
import type { SealedPdf } from './sign/seal-pdf';
import type { PdfVerification } from './sign/verify-pdf';
import { type VerifyWithLedgerTask, longTerm, questions, seal, verify } from './signing.worker';

type QuestionsAnswer = Awaited<ReturnType<typeof questions>>;
type LongTermAnswer = Awaited<ReturnType<typeof longTerm>>;

const DEFAULTS = { maxThreads: 2, maxQueue: 50, timeoutSeconds: 20 };

/** Seals and verifies off the event loop, in a bounded pool. One per process. */
export abstract class SigningPool {
  /** @throws SealingError, PaperBusyError, PaperTimeoutError, PaperEngineError */
  abstract seal(task: SealTask): Promise<SealedPdf>;
  /** @throws PaperBusyError, PaperTimeoutError, PaperEngineError; never for what is in the file */
  abstract verify(task: VerifyWithLedgerTask): Promise<PdfVerification>;
  /**
   * What must be asked outside for the long-term copy of a sealed file.
   *
   * @throws PaperBusyError, PaperTimeoutError, PaperEngineError
   */
  abstract questions(task: QuestionsTask): Promise<QuestionsAnswer>;
  /** The long-term copy with the answers. @throws PaperBusyError, PaperTimeoutError, PaperEngineError */
  abstract longTerm(task: LongTermTask): Promise<LongTermAnswer>;
  abstract close(): Promise<void>;
}

/** What a thread can be asked to do. */
interface Work {
  readonly seal: [SealTask, SealTaskAnswer];
  readonly verify: [VerifyWithLedgerTask, PdfVerification];
  readonly questions: [QuestionsTask, QuestionsAnswer];
  readonly longTerm: [LongTermTask, LongTermAnswer];
}

/**
 * Threads when the program runs compiled, the calling thread when it runs from TypeScript (a thread can only load JavaScript);
 * the threads are tested on a compiled copy.
 */
export function openSigningPool(options: PoolOptions = {}): SigningPool {
  return __filename.endsWith('.js') ? new SigningThreads(options) : new SigningInline();
}

class SigningThreads extends SigningPool {
  private readonly pool: Piscina<Work[keyof Work][0], Work[keyof Work][1]>;
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
    return sealedOf(await this.run('seal', task));
  }

  verify(task: VerifyWithLedgerTask): Promise<PdfVerification> {
    return this.run('verify', task);
  }

  questions(task: QuestionsTask): Promise<QuestionsAnswer> {
    return this.run('questions', task);
  }

  longTerm(task: LongTermTask): Promise<LongTermAnswer> {
    return this.run('longTerm', task);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async run<Name extends keyof Work>(name: Name, task: Work[Name][0]): Promise<Work[Name][1]> {
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

  questions(task: QuestionsTask): Promise<QuestionsAnswer> {
    return questions(task);
  }

  longTerm(task: LongTermTask): Promise<LongTermAnswer> {
    return longTerm(task);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function sealedOf(answer: SealTaskAnswer): SealedPdf {
  if ('refused' in answer) throw new SealingError(answer.refused.code, answer.refused.message);
  return answer.sealed;
}
