import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type PackedPage, type SheetHead, XlsxWriter } from './xlsx-writer';

/** One step of a sheet, in order. */
export type SheetStep =
  { readonly begin: SheetHead } | { readonly page: PackedPage } | { readonly end: readonly string[] };

/** Writes one sheet step by step: in a thread, or in the caller where there is none. */
export class SheetBench {
  private writer: XlsxWriter | undefined;

  do(step: SheetStep): Buffer {
    if ('begin' in step) {
      this.writer = new XlsxWriter(step.begin);
      return this.writer.begin();
    }
    if (this.writer === undefined) throw new Error('A sheet begins with its head');
    return 'page' in step ? this.writer.page(step.page) : this.writer.end(step.end);
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const bench = new SheetBench();
  // People at their desks go before it. Only on Linux is that said of this thread, and not of the whole program.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  port.on('message', (step: SheetStep) => {
    // A copy of its own, which can be handed over instead of being copied once more.
    const bytes = Uint8Array.from(bench.do(step));
    port.postMessage(bytes, [bytes.buffer]);
  });
}
