import type { DifficultGround, DifficultMark } from '../domain/dictionaries';

/** What a mark changes: nothing where none was made. */
export function difficultyOf(mark: DifficultMark | undefined): { readonly difficultGround?: DifficultGround | null } {
  return mark === undefined ? {} : { difficultGround: mark === 'none' ? null : mark };
}
