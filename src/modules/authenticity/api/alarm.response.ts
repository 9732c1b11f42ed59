import { Shows } from '../../../platform/http';
import { ALARM_KINDS, ALARM_STATES } from '../domain/kinds';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';

export class AlarmMatterResponse {
  @Shows('事项', { example: ID })
  id!: string;

  @Shows('案号；没有案号的为登记编号', { example: '新城人调字〔2026〕12号' })
  number!: string;

  @Shows('事项名称；封存的不显示', { example: '楼上漏水纠纷' })
  title!: string;

  @Shows('状态名称', { example: '已办结' })
  stateName!: string;

  @Shows('承办人', { type: String, nullable: true, example: '刘慧' })
  handlerName!: string | null;
}

export class AlarmResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('综治中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('类别', { values: ALARM_KINDS, example: 'same-phone' })
  kind!: string;

  @Shows('类别名称', { example: '同一电话' })
  kindName!: string;

  @Shows('在什么情况下提示、什么不算', { example: '一年内同一个电话登记在三名以上不同的当事人名下。' })
  rule!: string;

  @Shows('提示的事实', { type: [String], example: ['同一个电话号码登记在3名当事人名下，涉及2件事项。'] })
  explanation!: readonly string[];

  @Shows('状态', { values: ALARM_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待核实' })
  stateName!: string;

  @Shows('状态的颜色', { enum: ['red', 'yellow', 'green', 'grey'], example: 'yellow' })
  light!: string;

  @Shows('提示时间', { example: AT })
  raisedAt!: string;

  @Shows('核实人', { type: String, nullable: true, example: null })
  decidedByName!: string | null;

  @Shows('核实时间', { type: String, nullable: true, example: null })
  decidedAt!: string | null;

  @Shows('核实经过和依据', { type: String, nullable: true, example: null })
  decision!: string | null;

  @Shows('涉及的事项', { type: AlarmMatterResponse, isArray: true })
  matters!: readonly AlarmMatterResponse[];

  @Shows('没有列出的事项件数：查看人无权查看的，或者超过三十件的', { example: 0 })
  hiddenMatters!: number;

  @Shows('版本号', { example: 1 })
  version!: number;

  @Shows('可办理的操作', { type: [String], example: ['authenticity.decide'] })
  allowedActs!: readonly string[];
}

export class AlarmListResponse {
  @Shows('真实性提示，最近的在前', { type: AlarmResponse, isArray: true })
  items!: readonly AlarmResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class AlarmsOfMatterResponse {
  @Shows('涉及该事项的真实性提示', { type: AlarmResponse, isArray: true })
  items!: readonly AlarmResponse[];

  @Shows('可办理的操作', { type: [String], example: ['authenticity.check'] })
  allowedActs!: readonly string[];
}
