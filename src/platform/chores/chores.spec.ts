import type { Config } from '../../config';
import type { Jobs, Recurring } from '../jobs';
import type { Logger } from '../logging';
import { Chores } from './chores';

function begin(mode: Config['mode'] = 'production') {
  const faults: unknown[] = [];
  const logger = { error: (details: unknown) => faults.push(details) } as unknown as Logger;
  const shared: Recurring[] = [];
  const jobs = {
    start: (all: readonly Recurring[]) => Promise.resolve(shared.push(...all)),
    stop: () => Promise.resolve(shared.splice(0)),
  } as unknown as Jobs;
  return { chores: new Chores({ mode } as Config, logger, jobs), faults, shared };
}

describe('what the program does by itself', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('comes again an interval after its last turn ended, also when that failed', async () => {
    const { chores, faults } = begin();
    let turns = 0;
    const work = (): Promise<void> => {
      turns += 1;
      return turns === 1 ? Promise.reject(new Error('no database')) : Promise.resolve();
    };
    chores.add({ name: 'sweep', everyMs: 1000, work });
    await chores.onApplicationBootstrap();
    expect(turns).toBe(0);
    await jest.advanceTimersByTimeAsync(1000);
    expect([turns, faults.length]).toEqual([1, 1]);
    await jest.advanceTimersByTimeAsync(1000);
    expect([turns, faults.length]).toEqual([2, 1]);
    await chores.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(turns).toBe(2);
  });

  it('is done once after a start where it has no interval, and is waited for at the end', async () => {
    const { chores } = begin();
    const steps: string[] = [];
    const work = async (): Promise<void> => {
      steps.push('begun');
      while (!chores.isStopped) await new Promise((resolve) => setTimeout(resolve, 10));
      steps.push('ended');
    };
    chores.add({ name: 'fill', work });
    await chores.onApplicationBootstrap();
    expect(steps).toEqual(['begun']);
    const stopping = chores.beforeApplicationShutdown().then(() => steps.push('stopped'));
    await jest.advanceTimersByTimeAsync(20);
    await stopping;
    expect(steps).toEqual(['begun', 'ended', 'stopped']);
  });

  it('begins at once what it is asked for, beside the others, and waits for it at the end', async () => {
    const { chores, faults } = begin('test');
    const steps: string[] = [];
    chores.begin({
      name: 'refill',
      work: async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        steps.push('done');
      },
    });
    chores.begin({ name: 'refill', work: () => Promise.reject(new Error('no database')) });
    const stopping = chores.beforeApplicationShutdown().then(() => steps.push('stopped'));
    await jest.advanceTimersByTimeAsync(10);
    await stopping;
    expect([steps, faults.length]).toEqual([['done', 'stopped'], 1]);
  });

  it('leaves what all instances share to the queue, and logs a turn that fails', async () => {
    const { chores, faults, shared } = begin();
    const work = jest.fn(() => Promise.reject(new Error('no database')));
    chores.add({ name: 'climb', everyMs: 1000, isShared: true, work });
    await chores.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(work).not.toHaveBeenCalled();
    expect(shared.map(({ name, everyMs }) => [name, everyMs])).toEqual([['climb', 1000]]);
    await shared[0]?.work();
    expect([work.mock.calls.length, faults.length]).toEqual([1, 1]);
    await chores.beforeApplicationShutdown();
    expect(shared).toEqual([]);
  });

  it('does nothing behind the back of a test', async () => {
    const { chores } = begin('test');
    const work = jest.fn(() => Promise.resolve());
    chores.add({ name: 'fill', work });
    chores.add({ name: 'sweep', everyMs: 10, work });
    await chores.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(100);
    expect(work).not.toHaveBeenCalled();
  });
});
