import { minutesOf } from './local-time';

/** Something with a time, as a column of the calendar places it. */
export interface Timed {
  readonly startsAt: string;
  readonly endsAt: string;
}

interface Placed<T extends Timed> {
  readonly item: T;
  /** Per cent of the column, from the top and from the left. */
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
}

export const FIRST_HOUR = 8;
export const LAST_HOUR = 20;
const SPAN = (LAST_HOUR - FIRST_HOUR) * 60;

/** Places the items of one day beside each other where their times overlap; what lies outside the hours is drawn at the edge. */
export function placed<T extends Timed>(items: readonly T[]): Placed<T>[] {
  const sorted = [...items].sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.endsAt.localeCompare(b.endsAt));
  const result: Placed<T>[] = [];
  let group: T[] = [];
  let until = '';
  for (const item of sorted) {
    if (group.length > 0 && item.startsAt >= until) {
      result.push(...inLanes(group));
      group = [];
      until = '';
    }
    group.push(item);
    if (item.endsAt > until) until = item.endsAt;
  }
  return [...result, ...inLanes(group)];
}

function inLanes<T extends Timed>(group: readonly T[]): Placed<T>[] {
  const ends: string[] = [];
  const lanes = group.map((item) => {
    const free = ends.findIndex((end) => end <= item.startsAt);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.endsAt;
    return lane;
  });
  return group.map((item, i) => {
    const from = within(minutesOf(item.startsAt) - FIRST_HOUR * 60);
    const to = within(minutesOf(item.endsAt) - FIRST_HOUR * 60);
    return {
      item,
      top: (Math.min(from, SPAN - 30) / SPAN) * 100,
      height: (Math.max(30, to - from) / SPAN) * 100,
      left: ((lanes[i] ?? 0) / ends.length) * 100,
      width: 100 / ends.length,
    };
  });
}

const within = (minutes: number): number => Math.max(0, Math.min(SPAN, minutes));
