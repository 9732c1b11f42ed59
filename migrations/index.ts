import { Platform1763600000001 } from './1763600000001-platform';
import { Disputes1763600000002 } from './1763600000002-disputes';
import { Organizations1763600000003 } from './1763600000003-organizations';

/** All migrations in the order in which they run. */
export const migrations = [
  Platform1763600000001,
  Disputes1763600000002,
  Organizations1763600000003,
];
