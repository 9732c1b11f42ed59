export { type Chart, CHART_TEXT, chartHeight, drawChart, leastChartHeight, type Shape } from './draw-chart';
