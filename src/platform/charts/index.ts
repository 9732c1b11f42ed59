export { type Chart, CHART_TEXT, chartHeight, drawChart, type Shape } from './draw-chart';
