import type { Grant } from '../../../kernel';

/** Who keeps a center's own clauses. */
export const CLAUSE_KEEPERS: readonly Grant[] = ['center-director@center', 'duty-leader@center'];
