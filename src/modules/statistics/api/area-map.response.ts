import { Shows } from '../../../platform/http';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AREAS = { street: '街道（乡镇）', community: '社区（村）' } as const;

class MapPointResponse {
  @Shows('横坐标，自左向右 0 至 100', { example: 10 })
  x!: number;

  @Shows('纵坐标，自上向下 0 至 100', { example: 20 })
  y!: number;
}

class MapAreaResponse {
  @Shows('街道或社区', { example: ID })
  unitId!: string;

  @Shows('名称', { example: '通道街街道' })
  name!: string;

  @Shows('边界的各点；没有画的为空', { type: MapPointResponse, isArray: true, nullable: true })
  points!: MapPointResponse[] | null;
}

export class AreaMapResponse {
  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('综治中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('由哪一级组成；中心之下不分街道、社区的为空', {
    type: String,
    nullable: true,
    values: AREAS,
    example: 'street',
  })
  by!: string | null;

  @Shows('各街道或社区', { type: MapAreaResponse, isArray: true })
  areas!: MapAreaResponse[];

  @Shows('现在可办的事项', { type: String, isArray: true, example: ['statistics.draw-map'] })
  allowedActs!: string[];
}
