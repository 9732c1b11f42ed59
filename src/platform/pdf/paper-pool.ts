import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { FontLibraryOptions } from './fonts/font-library';
import { PaperBusyError, PaperEngineError, PaperTimeoutError, restorePaperError } from './paper-errors';
import { PaperBench, type PaperTask, type PaperTaskResult } from './paper-worker';
import type { RenderedPaper } from './render-paper';

export interface PoolOptions {
  /** Threads at most; each keeps its own parsed fonts (about 60 MB). */
  readonly maxThreads?: number;
  /** Papers that may wait; one more is refused with PaperBusyError. */
  readonly maxQueue?: number;
  /** Seconds from the order to the finished paper, waiting included. */
  readonly timeoutSeconds?: number;
}

const DEFAULTS = { maxThreads: 2, maxQueue: 200, timeoutSeconds: 30 };

/** Where papers are made: in threads when the program runs compiled, in the calling thread when it runs from TypeScript. */
export interface PaperPool {
  render(task: PaperTask): Promise<RenderedPaper>;
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
  private readonly pool: Piscina<PaperTask, PaperTaskResult>;
  private readonly timeoutSeconds: number;

  constructor(fonts: FontLibraryOptions, options: PoolOptions) {
    const { maxThreads, maxQueue, timeoutSeconds } = { ...DEFAULTS, ...options };
    this.timeoutSeconds = timeoutSeconds;
    this.pool = new Piscina({
      filename: join(__dirname, 'paper-worker.js'),
      workerData: fonts,
      minThreads: 1,
      maxThreads,
      maxQueue,
      idleTimeout: 60_000,
    });
  }

  async render(task: PaperTask): Promise<RenderedPaper> {
    const signal = AbortSignal.timeout(this.timeoutSeconds * 1000);
    let result: PaperTaskResult;
    try {
      result = await this.pool.run(task, { signal });
    } catch (error) {
      if (signal.aborted) throw new PaperTimeoutError(this.timeoutSeconds);
      if (error instanceof Error && error.message.includes('queue is at limit')) throw new PaperBusyError();
      throw new PaperEngineError(error instanceof Error ? (error.stack ?? error.message) : String(error));
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
    return unpack(await this.bench.run(task));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function unpack(result: PaperTaskResult): RenderedPaper {
  if (!result.ok) throw restorePaperError(result.error);
  const { bytes } = result.paper;
  // A Buffer crosses a thread boundary as a plain Uint8Array.
  return { ...result.paper, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
