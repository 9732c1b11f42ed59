import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Sheet } from './sheet';
import type { PackedPage, SheetHead } from './xlsx-writer';
import { SheetBench, type SheetStep } from './xlsx.worker';

/** A sheet whose rows come in pages while it is being written. */
export interface SheetOfPages extends SheetHead, Pick<Sheet, 'notes'> {
  readonly pages: AsyncIterable<PackedPage>;
}

/**
 * A workbook of one sheet as a stream, of any length in little memory: the first bytes are there before the first row, and
 * the rows are put into words and packed in a thread beside the requests, one page while the next is read.
 */
export function streamSheet(sheet: SheetOfPages): Readable {
  return Readable.from(written(sheet), { objectMode: false });
}

async function* written({ name, title, columns, pages, notes }: SheetOfPages): AsyncGenerator<Uint8Array> {
  const writer = openWriter();
  try {
    yield await writer.do({ begin: { name, title, columns } });
    let packed: Promise<Uint8Array> | undefined;
    for await (const { cells, besides } of pages) {
      if (packed !== undefined) yield await packed;
      packed = writer.do({ page: { cells, besides } });
      // Whoever stops reading here leaves it behind.
      packed.catch(() => undefined);
    }
    if (packed !== undefined) yield await packed;
    yield await writer.do({ end: notes });
  } finally {
    await writer.close();
  }
}

interface Writer {
  do(step: SheetStep): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A thread can only load JavaScript; run from TypeScript, the same steps are done in place. */
function openWriter(): Writer {
  return __filename.endsWith('.js') ? new WriterThread() : new WriterInPlace();
}

class WriterThread implements Writer {
  private readonly thread = new Worker(join(__dirname, 'xlsx.worker.js'), {
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 },
  });

  async do(step: SheetStep): Promise<Uint8Array> {
    this.thread.postMessage(step);
    // An error of the thread ends the wait too.
    const [bytes] = (await once(this.thread, 'message')) as [Uint8Array];
    return bytes;
  }

  async close(): Promise<void> {
    await this.thread.terminate();
  }
}

class WriterInPlace implements Writer {
  private readonly bench = new SheetBench();

  do(step: SheetStep): Promise<Uint8Array> {
    return Promise.resolve(this.bench.do(step));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
