import type { Tx } from './transaction';

/**
 * Next number of a gapless series. The counter row stays locked until the transaction ends, so a rolled-back use
 * leaves no gap. `year` is the civil year at Asia/Shanghai.
 */
export async function nextNumber(tx: Tx, ownerId: string, series: string, year: number): Promise<number> {
  const { value } = await tx.one<{ value: number }>('select app.next_number($1, $2, $3) as value', [
    ownerId,
    series,
    year,
  ]);
  return value;
}
