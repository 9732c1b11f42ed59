import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Piscina } from 'piscina';
import type { BindTask, Measured, MeasuredFile } from './bind';
import { bind, measure, pack } from './binding.worker';
import type { PackTask } from './pack';
import { type PhotographTask, develop } from './photograph';

/** One volume at a time: its scans lie in memory while it is bound. */
const IDLE_MS = 10_000;
const HEAP_MB = 384;
const DEVELOPING_MS = 60_000;

/** Binds volumes off the event loop. One per process. */
export abstract class BindingPool {
  abstract measure(parts: readonly MeasuredFile[]): Promise<Measured[]>;
  /** Turns a photograph into a JPEG that can be bound; false when it cannot be unpacked, or not in time. */
  abstract develop(task: PhotographTask): Promise<boolean>;
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

  async measure(parts: readonly MeasuredFile[]): Promise<Measured[]> {
    return (await this.pool.run(parts, { name: 'measure' })) as Measured[];
  }

  develop({ path, out }: PhotographTask): Promise<boolean> {
    const program = join(__dirname, 'photograph.worker.js');
    return succeeds(promisify(execFile)(process.execPath, [program, path, out], { timeout: DEVELOPING_MS }));
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
  async measure(parts: readonly MeasuredFile[]): Promise<Measured[]> {
    return measure(parts);
  }

  develop(task: PhotographTask): Promise<boolean> {
    return succeeds(develop(task));
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

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
