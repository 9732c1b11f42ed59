import type { Tx, UnitOfWork } from '../../../platform/database';

/**
 * Prepares outside the transaction, then runs it. A request that repeats its Idempotency-Key is owed the first answer even when
 * its preparation now fails, because the first one has changed the state: the key is looked up before the failure counts.
 */
export async function prepareAndRun<Prepared, Answer>(
  unitOfWork: UnitOfWork,
  prepare: () => Promise<Prepared>,
  work: (tx: Tx, prepared: Prepared) => Promise<Answer>,
): Promise<Answer> {
  const prepared = await prepare().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  return unitOfWork.run((tx) => {
    if ('error' in prepared) throw prepared.error;
    return work(tx, prepared.value);
  });
}
