import type { PointGroup } from 'signature_pad';
import type { components } from '@/generated/schema';

export type Strokes = components['schemas']['SignOnTabletRequest']['strokes'];

/** Handwriting as it is sent: whole pad units, milliseconds since the first touch, pressure in thousandths. */
export function strokesOf(groups: readonly PointGroup[]): Strokes {
  const first = groups[0]?.points[0]?.time ?? 0;
  return groups
    .filter((group) => group.points.length > 0)
    .map((group) => ({
      points: group.points.map(({ x, y, time, pressure }) => ({
        x: Math.round(x),
        y: Math.round(y),
        t: Math.max(0, Math.round(time - first)),
        // Fingers and mice report no pressure, or all of it.
        p: pressure > 0 && pressure < 1 ? Math.round(pressure * 1000) : 500,
      })),
    }));
}

/** The same handwriting on a pad of another size. */
export function scaled(groups: readonly PointGroup[], factor: number): PointGroup[] {
  return groups.map((group) => ({
    ...group,
    points: group.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })),
  }));
}
