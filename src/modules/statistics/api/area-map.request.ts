import { ListOf, Uuid, Whole } from '../../../platform/http';

class MapPointRequest {
  @Whole({ label: '横坐标', min: 0, max: 100, description: '自左向右', example: 10 })
  x!: number;

  @Whole({ label: '纵坐标', min: 0, max: 100, description: '自上向下', example: 20 })
  y!: number;
}

class MapShapeRequest {
  @Uuid({ label: '街道或社区' })
  unitId!: string;

  @ListOf(() => MapPointRequest, {
    label: '边界的各点',
    min: 3,
    max: 60,
    example: [
      { x: 10, y: 20 },
      { x: 40, y: 20 },
      { x: 25, y: 60 },
    ],
  })
  points!: MapPointRequest[];
}

export class DrawMapRequest {
  @ListOf(() => MapShapeRequest, { label: '各区域', max: 200 })
  shapes!: MapShapeRequest[];
}
