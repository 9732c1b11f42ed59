import { Shows } from '../../../platform/http';
import { BREAKDOWNS } from '../domain/breakdowns';
import { FIGURE_LABELS } from '../domain/figures';

const KINDS = { count: '件数', rate: '比率' } as const;

class WallFigureResponse {
  @Shows('指标', { values: FIGURE_LABELS, example: 'agreed' })
  figure!: string;

  @Shows('指标名称', { example: '调解成功率' })
  label!: string;

  @Shows('种类', { values: KINDS, example: 'rate' })
  kind!: string;

  @Shows('计量单位', { example: '件' })
  unit!: string;

  @Shows('件数；比率和不显示的为空', { type: Number, nullable: true, example: null })
  count!: number | null;

  @Shows('比率，四位小数；件数、分母为零或者不显示的为空', { type: Number, nullable: true, example: 0.9 })
  ratio!: number | null;

  @Shows('数字太小，不显示', { example: false })
  isSuppressed!: boolean;
}

class WallLineResponse {
  @Shows('指标', { values: FIGURE_LABELS, example: 'registered' })
  figure!: string;

  @Shows('指标名称', { example: '登记数' })
  label!: string;

  @Shows('各月的件数；太少、可能认出是谁的不显示，为空', {
    type: 'array',
    items: { type: 'integer', nullable: true },
    example: [12],
  })
  values!: (number | null)[];
}

class WallTrendResponse {
  @Shows('月份，最近的在后', { type: String, isArray: true, example: ['11月'] })
  months!: string[];

  @Shows('各指标', { type: WallLineResponse, isArray: true })
  lines!: WallLineResponse[];
}

class WallGroupResponse {
  @Shows('分组的键', { example: 'family' })
  key!: string;

  @Shows('名称', { example: '婚姻家庭' })
  name!: string;

  @Shows('件数；太少、可能认出是谁的不显示，为空', { type: Number, nullable: true, example: 23 })
  value!: number | null;
}

class WallLightsResponse {
  @Shows('已超期的时限', { example: 2 })
  red!: number;

  @Shows('将到期的时限', { example: 5 })
  yellow!: number;
}

export class WallResponse {
  @Shows('截至', { example: '2026-11-20T01:30:00.000Z' })
  asOf!: string;

  @Shows('综治中心', { example: '新城区综治中心' })
  name!: string;

  @Shows('今日', { type: WallFigureResponse, isArray: true })
  day!: WallFigureResponse[];

  @Shows('本月', { type: WallFigureResponse, isArray: true })
  month!: WallFigureResponse[];

  @Shows('本年', { type: WallFigureResponse, isArray: true })
  year!: WallFigureResponse[];

  @Shows('近十二个月', { type: WallTrendResponse })
  trend!: WallTrendResponse;

  @Shows('本年登记的纠纷类型', { type: WallGroupResponse, isArray: true })
  types!: WallGroupResponse[];

  @Shows('地区怎样分', { values: BREAKDOWNS, example: 'street' })
  areaBy!: string;

  @Shows('本年登记的地区', { type: WallGroupResponse, isArray: true })
  areas!: WallGroupResponse[];

  @Shows('本年部门响应', { type: WallFigureResponse, isArray: true })
  response!: WallFigureResponse[];

  @Shows('红黄灯', { type: WallLightsResponse })
  lights!: WallLightsResponse;
}
