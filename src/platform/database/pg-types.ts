import { types } from 'pg';

const { DATE, INT8 } = types.builtins;

/**
 * How PostgreSQL values reach the program: a `date` stays the civil day that it is (`YYYY-MM-DD`; as an instant it
 * would move over time zones and summer time), a `bigint` becomes a number while it is exact and an error after.
 */
export function installPgTypes(): void {
  types.setTypeParser(DATE, (value: string) => value);
  types.setTypeParser(INT8, (value: string) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${value} is beyond the exact range`);
    return number;
  });
}
