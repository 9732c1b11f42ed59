/** What ECharts draws; made here without it, so that pages stay light until a chart is shown. */
export type ChartOption = Readonly<Record<string, unknown>>;

export interface Look {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  readonly size: number;
  /** Told apart by the colour-blind too, with patterns and marks beside. */
  readonly colors: readonly string[];
  /** From few to many, one hue from light to dark or the other way round. */
  readonly scale: readonly string[];
  readonly scaleInk: readonly string[];
}

export const PAGE_LOOK: Look = {
  ink: '#1d232b',
  quiet: '#5b6472',
  line: '#e1e6ed',
  ground: '#ffffff',
  size: 12,
  colors: ['#0f5fd0', '#b45309', '#1f6b37', '#8b1e62', '#5b6472', '#0b7285', '#7a6a00', '#9a3412'],
  scale: ['#e7effa', '#b7cff1', '#7ba6e4', '#2f6cc9', '#0c4ca6'],
  scaleInk: ['#1d232b', '#1d232b', '#1d232b', '#ffffff', '#ffffff'],
};
export const WALL_LOOK: Look = {
  ink: '#f2f6fb',
  quiet: '#b6c4d6',
  line: '#2b4058',
  ground: '#0d1b2e',
  size: 18,
  colors: ['#6fb1ff', '#f5b342', '#6fd39a', '#f08bc2', '#c3cedb', '#56d3dd', '#e0d25a', '#ff9d76'],
  scale: ['#1b3554', '#24518a', '#2f71bf', '#62a3ec', '#b5d6ff'],
  scaleInk: ['#f2f6fb', '#f2f6fb', '#ffffff', '#0d1b2e', '#0d1b2e'],
};

export interface Line {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
}
export interface Amount {
  readonly name: string;
  readonly value: number | null;
}
export interface AreaMap {
  readonly name: string;
  readonly geoJson: object;
}

/** Named, since what is drawn is measured before it stands in the page: the faces of theme.css. */
const FONTS =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif";
const SYMBOLS = ['circle', 'triangle', 'rect', 'diamond'];
const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];
/** Slices beyond these are one. */
const SLICES = 8;
export const SHOWN_BARS = 15;

const basic = ({ ink, size, colors }: Look): ChartOption => ({
  animation: false,
  color: colors,
  textStyle: { color: ink, fontSize: size, fontFamily: FONTS },
  aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
});
const legend = ({ ink, size }: Look): ChartOption => ({
  top: 0,
  left: 0,
  textStyle: { color: ink, fontSize: size },
  itemGap: size,
});
const text = (value: unknown, unit: string): string => (typeof value === 'number' ? `${value}${unit}` : '—');

/** Numbers over time: counts to the left, rates to the right. */
export function trendOption(look: Look, labels: readonly string[], lines: readonly Line[]): ChartOption {
  const isRate = (line: Line): boolean => line.unit === '%';
  const hasBoth = lines.some(isRate) && lines.some((l) => !isRate(l));
  const axis = (name: string, extra: ChartOption): ChartOption => ({
    type: 'value',
    name,
    nameTextStyle: { color: look.quiet, fontSize: look.size },
    axisLabel: { color: look.quiet, fontSize: look.size },
    splitLine: { lineStyle: { color: look.line } },
    ...extra,
  });
  const unit = lines.find((l) => !isRate(l))?.unit ?? '';
  const counts = axis(unit, { minInterval: 1 });
  const rates = axis('%', { min: 0, max: 100, ...(hasBoth ? { splitLine: { show: false } } : {}) });
  return {
    ...basic(look),
    legend: legend(look),
    tooltip: { trigger: 'axis' },
    grid: { left: 8, right: 12, top: look.size * 4.5, bottom: 4 },
    xAxis: {
      type: 'category',
      data: labels,
      axisLabel: { color: look.quiet, fontSize: look.size, hideOverlap: true },
      axisLine: { lineStyle: { color: look.line } },
    },
    yAxis: hasBoth ? [counts, rates] : [lines.some(isRate) ? rates : counts],
    series: lines.map((line, i) => ({
      name: line.name,
      type: 'line',
      yAxisIndex: hasBoth && isRate(line) ? 1 : 0,
      data: line.values,
      symbol: SYMBOLS[i % SYMBOLS.length],
      symbolSize: look.size * 0.75,
      lineStyle: { width: look.size / 5, type: DASHES[i % DASHES.length] },
      tooltip: { valueFormatter: (value: unknown) => text(value, line.unit) },
    })),
  };
}

/** Parts of a whole, the largest first; what is small is put together. */
export function shareOption(look: Look, parts: readonly Amount[], unit: string): ChartOption {
  const known = parts.filter((p) => (p.value ?? 0) > 0).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const rest = known.slice(SLICES - 1);
  const shown =
    known.length <= SLICES
      ? known
      : [...known.slice(0, SLICES - 1), { name: '其余各类', value: rest.reduce((sum, p) => sum + (p.value ?? 0), 0) }];
  return {
    ...basic(look),
    tooltip: { trigger: 'item', valueFormatter: (value: unknown) => text(value, unit) },
    series: [
      {
        type: 'pie',
        radius: ['38%', '66%'],
        center: ['50%', '50%'],
        data: shown,
        itemStyle: { borderColor: look.ground, borderWidth: 2 },
        label: {
          color: look.ink,
          fontSize: look.size,
          lineHeight: look.size * 1.4,
          // One digit behind the point, as everywhere else.
          formatter: ({ name, value, percent }: { name: string; value: number; percent: number }) =>
            `${name}\n${value}${unit} ${percent.toFixed(1)}%`,
        },
        labelLine: { lineStyle: { color: look.quiet } },
      },
    ],
  };
}

/** Bars, the first at the top. */
export function rankOption(look: Look, bars: readonly Amount[], unit: string, most = SHOWN_BARS): ChartOption {
  const shown = bars.slice(0, most).reverse();
  return {
    ...basic(look),
    aria: { enabled: true, label: { enabled: false } },
    grid: { left: 4, right: look.size * 5, top: 4, bottom: 4 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => text(value, unit),
    },
    xAxis: {
      type: 'value',
      axisLabel: { color: look.quiet, fontSize: look.size },
      splitLine: { lineStyle: { color: look.line } },
      ...(unit === '%' ? { max: 100 } : { minInterval: 1 }),
    },
    yAxis: {
      type: 'category',
      data: shown.map((b) => b.name),
      axisLabel: { color: look.ink, fontSize: look.size, width: look.size * 11, overflow: 'truncate' },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        data: shown.map((b) => b.value),
        barMaxWidth: look.size * 1.8,
        label: {
          show: true,
          position: 'right',
          color: look.ink,
          fontSize: look.size,
          formatter: ({ value }: { value: unknown }) => text(value, unit),
        },
      },
    ],
  };
}
export const rankHeight = (count: number, look = PAGE_LOOK): number =>
  Math.max(160, Math.min(count, SHOWN_BARS) * look.size * 2.7 + 40);

/** Several rates of each agency side by side. */
export function responseOption(look: Look, names: readonly string[], rates: readonly Line[]): ChartOption {
  const reversed = <T>(all: readonly T[]): T[] => [...all].reverse();
  return {
    ...basic(look),
    legend: { ...legend(look), data: rates.map((r) => r.name) },
    grid: { left: 4, right: look.size * 4, top: look.size * 2.8, bottom: 4 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => text(value, '%'),
    },
    xAxis: {
      type: 'value',
      max: 100,
      axisLabel: { color: look.quiet, fontSize: look.size, formatter: '{value}%' },
      splitLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: 'category',
      data: reversed(names),
      axisLabel: { color: look.ink, fontSize: look.size, width: look.size * 11, overflow: 'truncate' },
      axisTick: { show: false },
    },
    series: reversed(rates).map((rate) => ({
      name: rate.name,
      type: 'bar',
      data: reversed(rate.values),
      barMaxWidth: look.size,
      color: look.colors[rates.indexOf(rate)],
    })),
  };
}
export const responseHeight = (agencies: number, look = PAGE_LOOK): number =>
  Math.max(180, agencies * look.size * 4.6 + look.size * 5);

/** Steps of a scale for whole numbers up to the largest. */
export function stepsOf(most: number, steps: number): readonly { readonly min: number; readonly max: number }[] {
  const width = Math.max(1, Math.ceil((most + 1) / steps));
  const count = Math.min(steps, Math.ceil((most + 1) / width));
  return Array.from({ length: count }, (_, i) => ({ min: i * width, max: (i + 1) * width - 1 }));
}

/** Areas coloured by how much there is in each. */
export function heatOption(look: Look, map: string, areas: readonly Amount[], unit: string): ChartOption {
  const steps = stepsOf(Math.max(1, ...areas.map((a) => a.value ?? 0)), look.scale.length);
  const inkOf = (value: number): string => look.scaleInk[steps.findIndex(({ max }) => value <= max)] ?? look.ink;
  return {
    ...basic(look),
    aria: { enabled: true, label: { enabled: false } },
    tooltip: { trigger: 'item', valueFormatter: (value: unknown) => text(value, unit) },
    visualMap: {
      type: 'piecewise',
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemGap: 6,
      textGap: 3,
      itemWidth: 14,
      textStyle: { color: look.ink, fontSize: look.size },
      pieces: steps.map((step, i) => ({
        ...step,
        label: step.min === step.max ? String(step.min) : `${step.min}—${step.max}`,
        color: look.scale[i],
      })),
      outOfRange: { color: look.line },
    },
    series: [
      {
        type: 'map',
        map,
        left: 8,
        right: 8,
        top: 8,
        bottom: look.size * 3,
        aspectScale: 1,
        roam: false,
        selectedMode: false,
        data: areas.map((a) => ({ ...a, value: a.value ?? Number.NaN, label: { color: inkOf(a.value ?? 0) } })),
        itemStyle: { areaColor: look.line, borderColor: look.quiet, borderWidth: 1 },
        label: {
          show: true,
          color: look.ink,
          fontSize: look.size,
          lineHeight: look.size * 1.4,
          formatter: ({ name, value }: { name: string; value: number }) =>
            Number.isNaN(value) ? `${name}\n＊` : `${name}\n${value}${unit}`,
        },
        emphasis: { label: { color: look.ink }, itemStyle: { areaColor: look.colors[1] } },
      },
    ],
  };
}

/** The sketch of a center as a map of its own: corners from the upper left, 0 to 100. */
export function areaMap(
  name: string,
  shapes: readonly { readonly name: string; readonly points: readonly (readonly number[])[] }[],
): AreaMap {
  return {
    name,
    geoJson: {
      type: 'FeatureCollection',
      features: shapes.map((shape) => {
        const ring = shape.points.map(([x = 0, y = 0]) => [x, 100 - y]);
        return {
          type: 'Feature',
          properties: { name: shape.name },
          geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
        };
      }),
    },
  };
}
