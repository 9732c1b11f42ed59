import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { Drain } from './drain';

class Answer extends EventEmitter {
  headersSent = false;
  setHeader(): void {
    // Nobody reads it.
  }
}

describe('what is long beside the requests', () => {
  const admitted = (drain: Drain): Answer => {
    const answer = new Answer();
    drain.admit({ path: '/' } as Request, answer as unknown as Response, () => undefined);
    return answer;
  };
  const timed = async (work: Promise<void>): Promise<number> => {
    const begun = performance.now();
    await work;
    return performance.now() - begun;
  };

  it('goes on at once where nobody waits, also beside a file that is being fetched', async () => {
    const drain = new Drain();
    expect(await timed(drain.calm(5000))).toBeLessThan(1000);
    admitted(drain).headersSent = true;
    expect(await timed(drain.calm(5000))).toBeLessThan(1000);
  });

  it('waits for an answer to begin or to be given up', async () => {
    const drain = new Drain();
    const [first, second] = [admitted(drain), admitted(drain)];
    let isCalm = false;
    const calm = drain.calm(60_000).then(() => (isCalm = true));
    first.headersSent = true;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(isCalm).toBe(false);
    second.emit('close');
    await calm;
  });

  it('waits no longer than it is told', async () => {
    const drain = new Drain();
    admitted(drain);
    const waited = await timed(drain.calm(60));
    expect(waited).toBeGreaterThanOrEqual(59);
    expect(waited).toBeLessThan(5000);
  });
});
