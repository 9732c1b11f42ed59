/** One sampled point: pad units, milliseconds since the first touch, pressure in thousandths. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly t: number;
  readonly p: number;
}

export interface Stroke {
  readonly points: readonly StrokePoint[];
}

const MIN_POINTS = 12;
const MAX_POINTS = 6000;
const MIN_EXTENT = 24;
/** A straight line is as long as its extent; handwriting turns back on itself. */
const MIN_CURL = 1.4;
const MIN_MILLISECONDS = 250;

/** Why these strokes are no signature, in Chinese with the next step; null when they may be one. */
export function strokesProblem(strokes: readonly Stroke[]): string | null {
  const points = strokes.flatMap((s) => s.points);
  if (points.length === 0) return '签名是空的，请重新签名。';
  if (points.length > MAX_POINTS) return '签名笔画过多，请清除后重新签名。';
  if (points.length < MIN_POINTS) return '签名过于简单，请写全姓名后再提交。';
  const [width, height] = [extent(points.map((p) => p.x)), extent(points.map((p) => p.y))];
  const reach = Math.max(width, height);
  if (reach < MIN_EXTENT) return '签名太小，无法辨认，请写大一些。';
  if (lengthOf(strokes) < reach * MIN_CURL) return '签名只有一条线，请写全姓名后再提交。';
  const times = points.map((p) => p.t);
  if (times.some((t, i) => i > 0 && t < (times[i - 1] ?? 0))) return '签名的时间记录有误，请重新签名。';
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) < MIN_MILLISECONDS) return '签名不是逐笔写成的，请在签名板上重新签名。';
  return null;
}

function extent(values: readonly number[]): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

function lengthOf(strokes: readonly Stroke[]): number {
  let length = 0;
  for (const { points } of strokes) {
    points.forEach((point, i) => {
      const before = points[i - 1];
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
    });
  }
  return length;
}
