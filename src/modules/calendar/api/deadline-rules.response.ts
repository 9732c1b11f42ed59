import { Shows } from '../../../platform/http';
import { RULE_GROUPS, RULE_STANDINGS, UNIT_NAMES } from '../domain/rule-catalogue';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';
const TEXT = { type: String, nullable: true } as const;

export class DeadlineRuleActResponse {
  @Shows('版本标识', { example: ID })
  id!: string;

  @Shows('期限', { example: 'summons.progress.sign' })
  ruleId!: string;

  @Shows('版本', { example: 1 })
  version!: number;

  @Shows('状态', { values: { draft: '待复核', 'in-force': '已启用', discarded: '未采用' }, example: 'draft' })
  state!: string;

  @Shows('状态名称', { example: '待复核' })
  stateName!: string;
}

export class DeadlineRuleVersionResponse {
  @Shows('版本标识', { example: ID })
  id!: string;

  @Shows('是否本中心设置；否为系统预置', { example: true })
  isOwn!: boolean;

  @Shows('版本', { example: 1 })
  version!: number;

  @Shows('多长', { example: 30 })
  term!: number;

  @Shows('单位', { values: UNIT_NAMES, example: 'working-minute' })
  unit!: string;

  @Shows('多长，连单位', { example: '30分钟（办公时间内）' })
  termName!: string;

  @Shows('执行日期', { example: '2026-12-01' })
  validFrom!: string;

  @Shows('起用时间：只用于此后起算的期限；未启用的为空', { ...TEXT, example: AT })
  inForceAt!: string | null;

  @Shows('状态', { values: { draft: '待复核', 'in-force': '已启用', discarded: '未采用' }, example: 'in-force' })
  state!: string;

  @Shows('状态名称', { example: '已启用' })
  stateName!: string;

  @Shows('调整原因', { ...TEXT, example: '主任办公会议定' })
  note!: string | null;

  @Shows('由谁设置', { example: '卫主任' })
  setByName!: string;

  @Shows('设置时间', { example: AT })
  setAt!: string;

  @Shows('由谁复核', { ...TEXT, example: '区领导' })
  reviewedByName!: string | null;

  @Shows('复核时间', { ...TEXT, example: AT })
  reviewedAt!: string | null;

  @Shows('复核意见', { ...TEXT, example: null })
  reviewNote!: string | null;
}

export class DeadlineRuleResponse {
  @Shows('期限', { example: 'summons.progress.sign' })
  ruleId!: string;

  @Shows('期限名称', { example: '工作推进哨·签收' })
  name!: string;

  @Shows('类别', { values: RULE_GROUPS, example: 'summons' })
  group!: string;

  @Shows('类别名称', { example: '吹哨报到' })
  groupName!: string;

  @Shows('能否调整', { values: RULE_STANDINGS, example: 'own' })
  standing!: string;

  @Shows('能否调整，文字', { example: '本中心可以调整' })
  standingName!: string;

  @Shows('可以设置的范围', { example: '10至480分钟（办公时间内）' })
  bounds!: string;

  @Shows('可以用的单位', { type: String, isArray: true, example: ['working-minute'] })
  units!: string[];

  @Shows('依据', { example: '吹哨报到时限（工作推进哨·签收）' })
  article!: string;

  @Shows('系统预置多长', { example: '60分钟（办公时间内）' })
  presetTerm!: string;

  @Shows('现行', { type: DeadlineRuleVersionResponse })
  holding!: DeadlineRuleVersionResponse;

  @Shows('待复核的调整', { type: DeadlineRuleVersionResponse, nullable: true })
  draft!: DeadlineRuleVersionResponse | null;

  @Shows('本中心的历次设置，新的在前', { type: DeadlineRuleVersionResponse, isArray: true })
  history!: DeadlineRuleVersionResponse[];

  @Shows('对待复核的调整可办的事项', { type: String, isArray: true, example: ['deadline-rules.confirm'] })
  draftActs!: string[];

  @Shows('可办的事项', { type: String, isArray: true, example: ['deadline-rules.propose'] })
  allowedActs!: string[];
}

export class DeadlineRuleListResponse {
  @Shows('期限规则', { type: DeadlineRuleResponse, isArray: true })
  items!: DeadlineRuleResponse[];
}
