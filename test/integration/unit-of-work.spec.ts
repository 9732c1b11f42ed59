import { createHash } from 'node:crypto';
import { DomainError } from '../../src/kernel';
import { AnswerSweeper, type Principal, type Tx, UnitOfWork, uuidv7, withContext } from '../../src/platform/database';
import { type TestApp, startTestApp } from '../support/test-app';

interface KeptRow {
  readonly response: string;
  readonly bodyHash: string;
}

describe('the transaction of a request (real PostgreSQL, real key ring)', () => {
  let t: TestApp;
  let unitOfWork: UnitOfWork;
  let intake: Principal;

  beforeAll(async () => {
    t = await startTestApp();
    unitOfWork = t.app.get(UnitOfWork);
    intake = { kind: 'account', accountId: t.world.account('intake').id, sessionId: null };
  });
  afterAll(() => t.close());

  const bodyHash = createHash('sha256').update('{"password":"Chu-shi-2026!"}').digest('hex');
  const asking = <T>(key: string, work: () => Promise<T>, hash = bodyHash): Promise<T> =>
    withContext({ principal: intake, idempotency: { key, route: 'POST /api/test', bodyHash: hash } }, work);
  const rowOf = async (key: string): Promise<KeptRow | undefined> =>
    (await t.sql<KeptRow>('select response, body_hash as "bodyHash" from idempotency_record where key = $1', [key]))[0];

  it('keeps no answer and no hash of a body that can be read without the keys', async () => {
    const answer = { code: '7Q2M-ONE-TIME', name: '当事人甲', at: '2026-09-18T01:00:00.000Z' };
    const key = uuidv7();
    expect(await asking(key, () => unitOfWork.run(() => Promise.resolve(answer)))).toEqual(answer);
    const kept = await rowOf(key);
    expect(kept?.response).toMatch(/^v1\./);
    expect(JSON.stringify(kept)).not.toContain('ONE-TIME');
    expect(kept?.bodyHash).not.toBe(bodyHash);
    const again = await asking(key, () => unitOfWork.run(() => Promise.resolve({ code: 'another' })));
    expect(again).toEqual(answer);
    await expect(
      asking(key, () => unitOfWork.run(() => Promise.resolve(answer)), 'f'.repeat(64)),
    ).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('does not open an answer under the key of another', async () => {
    const [mine, foreign] = [uuidv7(), uuidv7()];
    await asking(mine, () => unitOfWork.run(() => Promise.resolve({ code: 'mine' })));
    await asking(foreign, () => unitOfWork.run(() => Promise.resolve({ code: 'foreign' })));
    await t.sql(
      'update idempotency_record set response = (select response from idempotency_record where key = $1) where key = $2',
      [foreign, mine],
    );
    await expect(asking(mine, () => unitOfWork.run(() => Promise.resolve({})))).rejects.toThrow();
  });

  it('prepares once: a repetition gets the first answer without preparing anew', async () => {
    const key = uuidv7();
    let prepared = 0;
    const draw = (): Promise<number> =>
      asking(key, () =>
        unitOfWork.prepareAndRun(
          () => Promise.resolve((prepared += 1)),
          (_tx, value) => Promise.resolve(value * 10),
        ),
      );
    expect([await draw(), await draw()]).toEqual([10, 10]);
    expect(prepared).toBe(1);
  });

  it('answers an overlapping repetition as the first, though its own preparation fails', async () => {
    const key = uuidv7();
    let first: Promise<string> | undefined;
    const second = asking(key, () =>
      unitOfWork.prepareAndRun(
        async () => {
          first = asking(key, () => unitOfWork.run(() => Promise.resolve('first')));
          await first;
          throw new DomainError('conflict', 'moved-on', '状态已变化。');
        },
        () => Promise.resolve('second'),
      ),
    );
    expect(await second).toBe('first');
    const failing = asking(uuidv7(), () =>
      unitOfWork.prepareAndRun(
        () => Promise.reject(new DomainError('conflict', 'moved-on', '状态已变化。')),
        () => Promise.resolve('never'),
      ),
    );
    await expect(failing).rejects.toMatchObject({ code: 'moved-on' });
  });

  it('removes answers after two days and keeps younger ones', async () => {
    const [old, young] = [uuidv7(), uuidv7()];
    for (const key of [old, young]) await asking(key, () => unitOfWork.run(() => Promise.resolve(key)));
    await t.sql("update idempotency_record set created_at = created_at - interval '49 hours' where key = $1", [old]);
    await t.sql("update idempotency_record set created_at = created_at - interval '47 hours' where key = $1", [young]);
    expect(await t.app.get(AnswerSweeper).sweep()).toBe(1);
    expect(await rowOf(old)).toBeUndefined();
    expect(await rowOf(young)).toBeDefined();
  });

  it('commits nothing under a route that demands If-Match when no version was held against it', async () => {
    const demanding = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
      withContext({ principal: intake, ifMatch: 3, ifMatchRequired: true }, () => unitOfWork.run(work));
    await expect(demanding(() => Promise.resolve('written'))).rejects.toThrow('did not check a version');
    await expect(
      demanding((tx) => {
        tx.checkVersion({ version: 4 });
        return Promise.resolve();
      }),
    ).rejects.toMatchObject({ code: 'stale-version' });
    await demanding((tx) => {
      tx.checkVersion({ version: 3 });
      return Promise.resolve();
    });
  });

  it('puts the actor’s row security back after work as the system, also when that work threw', async () => {
    const hashes = (tx: Tx): Promise<unknown[]> => tx.query('select 1 from account_credential');
    await withContext({ principal: intake }, () =>
      unitOfWork.run(async (tx) => {
        expect((await tx.asSystem(() => hashes(tx))).length).toBeGreaterThan(0);
        expect(await hashes(tx)).toEqual([]);
        await tx
          .asSystem(() => Promise.reject(new DomainError('rule', 'refused', '不符合规则。')))
          .catch(() => undefined);
        expect(await hashes(tx)).toEqual([]);
      }),
    );
  });
});
