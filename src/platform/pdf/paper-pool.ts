import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { FontLibraryOptions } from './fonts/font-library';
import { PaperBusyError, PaperEngineError, PaperTimeoutError, restorePaperError } from './paper-errors';
import { PaperBench, type PaperTask, type PaperTaskResult, type TrialTask } from './paper.worker';
import type { RenderedPaper } from './render-paper';

export interface PoolOptions {
  /** Threads at most; each keeps its own parsed fonts (about 60 MB). */
  readonly maxThreads?: number;
  /** Papers that may wait; one more is refused with PaperBusyError. */
  readonly maxQueue?: number;
  /** Seconds from the order to the finished paper, waiting included. */
  readonly timeoutSeconds?: number;
  /** Told when a thread dies outside a paper, for the log. The pool starts another. */
  readonly onThreadError?: (error: unknown) => void;
}

const TRIAL_SECONDS = 8;
const MOST_TRIALS = 4;

const DEFAULTS = {
  // One core stays with the requests.
  maxThreads: Math.max(1, Math.min(2, availableParallelism() - 1)),
  maxQueue: 200,
  timeoutSeconds: 30,
  onThreadError: (): void => undefined,
};

/** Where papers are made: in threads when the program runs compiled, in the calling thread when it runs from TypeScript. */
export interface PaperPool {
  render(task: PaperTask): Promise<RenderedPaper>;
  /** Of few at a time and with little patience, so that papers do not wait for somebody who tries out a template. */
  trial(task: TrialTask): Promise<RenderedPaper | null>;
  close(): Promise<void>;
}

/**
 * A thread can only load JavaScript; tests run the sources through a transformer that exists in their own process alone.
 * So the same bench works inline there, and the threads are tested on a compiled copy.
 */
export function openPaperPool(fonts: FontLibraryOptions, options: PoolOptions = {}): PaperPool {
  return __filename.endsWith('.js') ? new ThreadPool(fonts, options) : new InlinePool(fonts);
}

class ThreadPool implements PaperPool {
  private readonly pool: Piscina<PaperTask | TrialTask, PaperTaskResult>;
  private readonly timeoutSeconds: number;
  /** Papers in work and waiting; the pool itself lets more wait than its maxQueue while a thread is starting. */
  private readonly capacity: number;
  private accepted = 0;
  private trials = 0;

  constructor(fonts: FontLibraryOptions, options: PoolOptions) {
    const { maxThreads, maxQueue, timeoutSeconds, onThreadError } = { ...DEFAULTS, ...options };
    this.timeoutSeconds = timeoutSeconds;
    this.capacity = maxThreads + maxQueue;
    this.pool = new Piscina({
      filename: join(__dirname, 'paper.worker.js'),
      workerData: fonts,
      minThreads: 1,
      maxThreads,
      idleTimeout: 60_000,
    });
    // Without a listener the event would end the whole process.
    this.pool.on('error', onThreadError);
  }

  async render(task: PaperTask): Promise<RenderedPaper> {
    return drawn(await this.run(task, this.timeoutSeconds));
  }

  async trial(task: TrialTask): Promise<RenderedPaper | null> {
    if (this.trials >= MOST_TRIALS) throw new PaperBusyError();
    this.trials++;
    try {
      return await this.run(task, Math.min(TRIAL_SECONDS, this.timeoutSeconds));
    } finally {
      this.trials--;
    }
  }

  private async run(task: PaperTask | TrialTask, seconds: number): Promise<RenderedPaper | null> {
    if (this.accepted >= this.capacity) throw new PaperBusyError();
    this.accepted++;
    const signal = AbortSignal.timeout(seconds * 1000);
    let result: PaperTaskResult;
    try {
      result = await this.pool.run(task, { signal });
    } catch (error) {
      if (signal.aborted) throw new PaperTimeoutError(seconds);
      throw new PaperEngineError(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      this.accepted--;
    }
    return unpack(result);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

class InlinePool implements PaperPool {
  private readonly bench: PaperBench;

  constructor(fonts: FontLibraryOptions) {
    this.bench = new PaperBench(fonts);
  }

  async render(task: PaperTask): Promise<RenderedPaper> {
    return drawn(unpack(await this.bench.run(task)));
  }

  async trial(task: TrialTask): Promise<RenderedPaper | null> {
    return unpack(await this.bench.run(task));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function drawn(paper: RenderedPaper | null): RenderedPaper {
  if (paper === null) throw new PaperEngineError('Nothing was drawn');
  return paper;
}

function unpack(result: PaperTaskResult): RenderedPaper | null {
  if (!result.ok) throw restorePaperError(result.error);
  if (result.paper === null) return null;
  const { bytes } = result.paper;
  // A Buffer crosses a thread boundary as a plain Uint8Array.
  return { ...result.paper, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
