import { CHART_TEXT, type Chart, chartHeight, drawChart, leastChartHeight, type Shape } from './draw-chart';

const measure = (text: string): number => Array.from(text).length * 9;
const frame = { width: 440, measure };
const chart = (change: Partial<Chart> = {}): Chart => ({
  kind: 'bar',
  unit: '件',
  labels: ['1月', '2月', '3月'],
  series: [{ name: '总数', values: ['4', '8', '2'] }],
  ...change,
});
const rects = (shapes: readonly Shape[]) => shapes.filter((s) => s.kind === 'rect');

describe('a chart in shapes', () => {
  it('draws bars as long as their values, from one base', () => {
    const [a, b, c] = rects(drawChart(chart(), frame));
    if (a === undefined || b === undefined || c === undefined) throw new Error('a bar is missing');
    expect(b.h).toBeCloseTo(2 * a.h);
    expect(a.h).toBeCloseTo(2 * c.h);
    expect(new Set([a, b, c].map((r) => Math.round(r.y + r.h))).size).toBe(1);
  });

  it('lays bars down where their names do not fit side by side, and grows with them', () => {
    const labels = Array.from({ length: 12 }, (_, i) => `拖欠农民工工资${i}`);
    const long = chart({ labels, series: [{ name: '总数', values: labels.map((_, i) => String(i)) }] });
    const bars = rects(drawChart(long, frame));
    expect(new Set(bars.map((r) => r.x)).size).toBe(1);
    expect(bars[11]?.w).toBeCloseTo(11 * (bars[1]?.w ?? 0));
    expect(chartHeight(long, frame)).toBeGreaterThan(Math.max(...bars.map((r) => r.y + r.h)));
  });

  it('keeps everything within its frame, whatever the values', () => {
    for (const kind of ['bar', 'line'] as const)
      for (const values of [
        ['0', '0', '0'],
        ['98.5', '', '3'],
        ['12345', '1', '99999'],
      ]) {
        const drawn = chart({
          kind,
          series: [
            { name: '甲', values },
            { name: '乙', values: ['1', '2', '3'] },
          ],
        });
        for (const height of [chartHeight(drawn, frame), leastChartHeight(drawn, frame)])
          for (const shape of drawChart(drawn, { ...frame, height })) {
            const points = shape.kind === 'path' ? shape.points : [[shape.x, shape.y] as const];
            for (const [x, y] of points) {
              expect(x).toBeGreaterThanOrEqual(0);
              expect(x).toBeLessThanOrEqual(frame.width);
              expect(y).toBeGreaterThanOrEqual(0);
              expect(y).toBeLessThanOrEqual(height);
            }
          }
      }
  });

  it('can be made lower: bars that lie come closer, and no name runs into the next', () => {
    const labels = Array.from({ length: 12 }, (_, i) => `拖欠农民工工资${i}`);
    const long = chart({ labels, series: [{ name: '总数', values: labels.map(() => '5') }] });
    const [most, least] = [chartHeight(long, frame), leastChartHeight(long, frame)];
    expect(least).toBeLessThan(0.8 * most);
    const names = drawChart(long, { ...frame, height: least }).flatMap((s) =>
      s.kind === 'text' && s.anchor === 'end' ? [s] : [],
    );
    expect(names).toHaveLength(12);
    names.slice(1).forEach((name, i) => {
      expect(name.y - (names[i]?.y ?? 0)).toBeGreaterThanOrEqual(CHART_TEXT + 2);
    });
    expect(drawChart(long, { ...frame, height: most })).toEqual(drawChart(long, frame));
  });

  it('leaves a gap where there is no value', () => {
    const gap = drawChart(chart({ kind: 'line', series: [{ name: '率', values: ['50', '', '70'] }] }), frame);
    expect(rects(gap)).toHaveLength(2);
  });
});
