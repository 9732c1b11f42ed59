import type { LoadedMatter } from '../../disputes';
import { RINGS, type Ring } from '../domain/dictionaries';

/** Who reads what is written in a ring, in the words of the editor. */
const READERS: Readonly<Record<Ring, string>> = {
  parties: '各方当事人都能看到，并印入调解记录、调查记录。',
  center: '只有本中心经办人员和本事项调解员、记录人能看到，当事人看不到，不印入文书。',
  mediator: '只有本事项的调解员、记录人能看到，不印入文书，不导出，检索不到。',
};

/** Into the mediator’s ring writes only who serves on the matter: anybody else could not read it again. */
export function mayWriteIn({ standing }: Pick<LoadedMatter, 'standing'>, ring: Ring): boolean {
  return (
    ring !== 'mediator' || (standing.assignedRoles ?? []).some((role) => role === 'mediator' || role === 'recorder')
  );
}

/** The rings in which somebody may write on this matter, widest first. */
export function writableRings(matter: Pick<LoadedMatter, 'standing'>) {
  return (Object.keys(RINGS) as Ring[])
    .filter((ring) => mayWriteIn(matter, ring))
    .map((ring) => ({ ring, name: RINGS[ring], readers: READERS[ring] }));
}

/** Who reads what stands in a ring, in words. */
export function readersOf(ring: Ring): string {
  return READERS[ring];
}
