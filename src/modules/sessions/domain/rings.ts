import { RINGS, type Ring } from './dictionaries';

const ORDER = Object.keys(RINGS) as readonly Ring[];

/** True when `to` is seen by fewer than `from`: the only change a ring allows. */
export function isNarrower(to: Ring, from: Ring): boolean {
  return ORDER.indexOf(to) > ORDER.indexOf(from);
}
