/** A chart as data: what is shown, nothing of how. Values are text as printed; empty where there is none. */
export interface Chart {
  readonly kind: 'bar' | 'line';
  readonly unit: string;
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Points from the top left corner, y downwards. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly color: string;
    }
  | {
      readonly kind: 'path';
      readonly points: readonly (readonly [number, number])[];
      readonly color: string;
      readonly width: number;
    }
  /** `x` is where the anchor of the text is, `y` the middle of its line. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
    };

export const CHART_TEXT = 9;
const LINE = 13;
/** Told apart in grey as well: most reports are copied without colour. */
const COLORS = ['#1f4e79', '#9cc2e5', '#7f7f7f'] as const;
const GRID = '#d9d9d9';
const INK = '#404040';

interface Frame {
  readonly width: number;
  /** Width of a text of size CHART_TEXT. */
  readonly measure: (text: string) => number;
  /** What there is room for, where that is less than a chart would take; not below its least. */
  readonly height?: number;
}

const valueOf = (text: string): number | null => (text === '' ? null : Number(text.replace('%', '')));

const HEIGHT = 210;
const LEAST_HEIGHT = 140;

/** How tall a chart is; bars that lie take as much as they need. */
export function chartHeight(chart: Chart, frame: Frame): number {
  return lies(chart, frame) ? lyingHeight(chart, Math.max(18, chart.series.length * 11 + 6)) : HEIGHT;
}

/** How low it can be made and still be read. */
export function leastChartHeight(chart: Chart, frame: Frame): number {
  return lies(chart, frame) ? lyingHeight(chart, chart.series.length * 10 + 3) : LEAST_HEIGHT;
}

/** Lays out a chart in as many simple shapes: what draws them, a paper or a picture, decides nothing. */
export function drawChart(chart: Chart, frame: Frame): Shape[] {
  const legend = legendOf(chart, frame);
  return [...legend, ...(lies(chart, frame) ? lyingBars(chart, frame) : upright(chart, frame))];
}

const legendHeight = ({ series }: Chart): number => (series.length > 1 ? 20 : 14);
const lyingHeight = (chart: Chart, row: number): number => legendHeight(chart) + chart.labels.length * row + 8;

/** Bars lie down where their names would not fit side by side. */
function lies({ kind, labels }: Chart, { width, measure }: Frame): boolean {
  const slot = (width - 50) / Math.max(1, labels.length);
  return kind === 'bar' && labels.some((label) => measure(label) > slot - 4);
}

function legendOf({ series, unit }: Chart, { width, measure }: Frame): Shape[] {
  const shapes: Shape[] = [{ kind: 'text', x: 0, y: 6, text: `单位：${unit}`, anchor: 'start' }];
  if (series.length < 2) return shapes;
  let x = width;
  [...series].reverse().forEach(({ name }, i) => {
    x -= measure(name);
    shapes.push({ kind: 'text', x, y: 6, text: name, anchor: 'start' });
    x -= 13;
    shapes.push({ kind: 'rect', x, y: 2, w: 9, h: 9, color: colorOf(series.length - 1 - i) });
    x -= 14;
  });
  return shapes;
}

const colorOf = (i: number): string => COLORS[i % COLORS.length] ?? INK;

function lyingBars(chart: Chart, frame: Frame): Shape[] {
  const { labels, series } = chart;
  const { width, measure, height = chartHeight(chart, frame) } = frame;
  const left = Math.max(...labels.map(measure)) + 8;
  const most = topOf(chart);
  const room = width - left - 46;
  const row = (height - lyingHeight(chart, 0)) / labels.length;
  const gap = Math.min(3, row / 6);
  const thick = (row - 2 * gap) / series.length;
  return labels.flatMap((label, i) => {
    const top = legendHeight(chart) + i * row;
    return [
      { kind: 'text', x: left - 6, y: top + row / 2, text: label, anchor: 'end' } satisfies Shape,
      ...series.flatMap(({ values }, k): Shape[] => {
        const text = values[i] ?? '';
        const length = ((valueOf(text) ?? 0) / most) * room;
        const y = top + gap + k * thick;
        return [
          { kind: 'rect', x: left, y, w: Math.max(length, 0.6), h: thick - 1, color: colorOf(k) },
          { kind: 'text', x: left + length + 4, y: y + thick / 2, text, anchor: 'start' },
        ];
      }),
    ];
  });
}

function upright(chart: Chart, { width, measure, height = HEIGHT }: Frame): Shape[] {
  const { labels, series, kind } = chart;
  const top = legendHeight(chart) + 12;
  const bottom = height - LINE - 4;
  const most = topOf(chart);
  const ticks = Array.from({ length: 5 }, (_, i) => (most / 4) * i);
  const words = ticks.map((tick) => String(Number(tick.toFixed(2))));
  const left = Math.max(...words.map(measure)) + 8;
  const slot = (width - left) / Math.max(1, labels.length);
  const at = (value: number): number => bottom - (value / most) * (bottom - top);
  const every = Math.ceil(Math.max(...labels.map(measure), 1) / Math.max(1, slot - 4));
  const shapes: Shape[] = ticks.flatMap((tick, i) => [
    {
      kind: 'path',
      points: [
        [left, at(tick)],
        [width, at(tick)],
      ],
      color: GRID,
      width: 0.5,
    },
    { kind: 'text', x: left - 5, y: at(tick), text: words[i] ?? '', anchor: 'end' },
  ]);
  labels.forEach((label, i) => {
    if (i % every === 0)
      shapes.push({
        kind: 'text',
        x: left + (i + 0.5) * slot,
        y: bottom + LINE / 2 + 3,
        text: label,
        anchor: 'middle',
      });
  });
  series.forEach(({ values }, k) => {
    const points: [number, number][] = [];
    values.forEach((text, i) => {
      const value = valueOf(text);
      if (value === null) return;
      const middle = left + (i + 0.5) * slot;
      if (kind === 'bar') {
        const thick = Math.min(36, (slot * 0.7) / series.length);
        const x = middle - (thick * series.length) / 2 + k * thick;
        shapes.push({
          kind: 'rect',
          x,
          y: at(value),
          w: thick - 1,
          h: Math.max(bottom - at(value), 0.6),
          color: colorOf(k),
        });
        if (measure(text) <= thick + 6)
          shapes.push({ kind: 'text', x: x + thick / 2, y: at(value) - 7, text, anchor: 'middle' });
        return;
      }
      points.push([middle, at(value)]);
      shapes.push({ kind: 'rect', x: middle - 2, y: at(value) - 2, w: 4, h: 4, color: colorOf(k) });
      if (k === 0) shapes.push({ kind: 'text', x: middle, y: at(value) - 9, text, anchor: 'middle' });
    });
    if (points.length > 1) shapes.push({ kind: 'path', points, color: colorOf(k), width: 1.4 });
  });
  return shapes;
}

/** The end of the scale: a round number not below the greatest value. */
function topOf({ series }: Chart): number {
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((text) => valueOf(text) ?? 0)));
  if (most <= 4) return 4;
  const step = 10 ** Math.floor(Math.log10(most / 4));
  const quarter = [1, 2, 2.5, 5, 10].map((n) => n * step).find((n) => n * 4 >= most) ?? most / 4;
  return (step === 1 ? Math.ceil(quarter) : quarter) * 4;
}
