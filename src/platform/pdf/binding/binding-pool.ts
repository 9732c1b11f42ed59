import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { BindTask, Measured, VolumePart } from './bind';
import { bind, measure, pack } from './binding.worker';
import type { PackTask } from './pack';

/** One volume at a time: its scans lie in memory while it is bound. */
const IDLE_MS = 10_000;
const HEAP_MB = 384;

/** Binds volumes off the event loop. One per process. */
export abstract class BindingPool {
  abstract measure(parts: readonly VolumePart[]): Promise<Measured[]>;
  abstract bind(task: BindTask): Promise<number>;
  abstract pack(task: PackTask): Promise<void>;
  abstract close(): Promise<void>;
}

/** A thread when the program runs compiled, the calling thread when it runs from TypeScript: see `openSigningPool`. */
export function openBindingPool(): BindingPool {
  return __filename.endsWith('.js') ? new BindingThread() : new BindingInline();
}

class BindingThread extends BindingPool {
  private readonly pool = new Piscina({
    filename: join(__dirname, 'binding.worker.js'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    // A scan from outside may ask for more than there is: the thread dies of it, not the program.
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });

  constructor() {
    super();
    // Without a listener the event would end the whole process; the order that was under way fails by itself.
    this.pool.on('error', () => undefined);
  }

  async measure(parts: readonly VolumePart[]): Promise<Measured[]> {
    return (await this.pool.run(parts, { name: 'measure' })) as Measured[];
  }

  async bind(task: BindTask): Promise<number> {
    return (await this.pool.run(task, { name: 'bind' })) as number;
  }

  async pack(task: PackTask): Promise<void> {
    await this.pool.run(task, { name: 'pack' });
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

class BindingInline extends BindingPool {
  async measure(parts: readonly VolumePart[]): Promise<Measured[]> {
    return measure(parts);
  }

  async bind(task: BindTask): Promise<number> {
    return bind(task);
  }

  async pack(task: PackTask): Promise<void> {
    return pack(task);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
