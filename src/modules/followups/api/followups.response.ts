import { Shows } from '../../../platform/http';
import { OCCASIONS } from '../domain/occasions';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class PlannedVisitResponse {
  @Shows('标识', { example: `after-closing_${ID}_2026-10-27` })
  key!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕98号' })
  registrationNumber!: string;

  @Shows('事项名称', { example: '巷内外卖员聚集噪声' })
  title!: string;

  @Shows('综治中心', { example: '新城区社会治安综合治理中心' })
  centerName!: string;

  @Shows('承办人', { type: String, nullable: true, example: '刘慧' })
  handlerName!: string | null;

  @Shows('缘由', { values: OCCASIONS, example: 'after-closing' })
  occasion!: string;

  @Shows('缘由名称', { example: '办结后' })
  occasionName!: string;

  @Shows('时限规则', { example: '办结后7日内' })
  rule!: string;

  @Shows('应在何日前回访（含当日）', { example: '2026-10-27' })
  dueOn!: string;

  @Shows('灯', { enum: ['red', 'yellow', 'green'], example: 'yellow' })
  light!: string;

  @Shows('灯的名称', { example: '将到期' })
  lightName!: string;

  @Shows('没有联系上的次数', { example: 1 })
  tries!: number;

  @Shows('可办理的操作', { type: [String], example: ['disputes.follow-up'] })
  allowedActs!: string[];
}

export class VisitListResponse {
  @Shows('回访计划', { type: PlannedVisitResponse, isArray: true })
  items!: PlannedVisitResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class PartyWordResponse {
  @Shows('当事人', { example: '李建国' })
  partyName!: string;

  @Shows('是否解决', { example: true })
  isSolved!: boolean;

  @Shows('是否履行', { type: Boolean, nullable: true, example: null })
  isPerformed!: boolean | null;

  @Shows('原话', { type: String, nullable: true, example: '已经不吵了，谢谢。' })
  words!: string | null;

  @Shows('代答的代办人；本人答复的为空', { type: String, nullable: true, example: null })
  helperName!: string | null;

  @Shows('答复时间', { example: '2026-10-20T02:30:00.000Z' })
  saidAt!: string;
}

export class PartyWordsResponse {
  @Shows('当事人本人的答复', { type: PartyWordResponse, isArray: true })
  items!: PartyWordResponse[];
}
