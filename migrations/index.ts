import { Platform1763600000001 } from './1763600000001-platform';
import { Disputes1763600000002 } from './1763600000002-disputes';

/** All migrations in the order in which they run. */
export const migrations = [Platform1763600000001, Disputes1763600000002];
