/** Where the present comes from. Rules never ask it: they take `now` as an argument. */
export interface Clock {
  /**
   * The instant of a transaction, given the database's own reading of the time.
   * The database clock is the only one that decides legal effect; a fake clock replaces it in tests and in demo data.
   */
  at(databaseNow: Date): Date;
}

export const CLOCK = Symbol('Clock');
