import type { PointGroup } from 'signature_pad';
import type { Schemas } from '../requests';

/** As the interface takes them: pad units, milliseconds since the first touch, pressure in thousandths. */
export type Stroke = Schemas['StrokeRequest'];

/** What a finger or a mouse leaves, without pressure of its own. */
const PLAIN_PRESSURE = 500;

/** Strokes of the pad as whole numbers; the first touch is time 0. */
export function toStrokes(groups: readonly PointGroup[]): Stroke[] {
  const start = groups[0]?.points[0]?.time ?? 0;
  return groups
    .filter((group) => group.points.length > 0)
    .map((group) => ({
      points: group.points.map(({ x, y, time, pressure }) => ({
        x: Math.round(x),
        y: Math.round(y),
        t: Math.max(0, Math.round(time - start)),
        p: pressure > 0 ? Math.min(1000, Math.round(pressure * 1000)) : PLAIN_PRESSURE,
      })),
    }));
}

/** The same strokes on a pad of another size: nothing is lost when the phone is turned. */
export function scaled(groups: readonly PointGroup[], factor: number): PointGroup[] {
  return groups.map((group) => ({
    ...group,
    points: group.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })),
  }));
}
