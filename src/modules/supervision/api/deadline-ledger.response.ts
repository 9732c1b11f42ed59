import { LIGHTS } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { LEDGER_KINDS, LEDGER_STATES } from '../domain/ledger';

const AT = '2026-12-21T16:00:00.000Z';
const TEXT = { type: String, nullable: true } as const;

export class LedgerPauseResponse {
  @Shows('暂停时间', { example: AT })
  from!: string;

  @Shows('恢复时间；还在暂停的为空', { ...TEXT, example: null })
  to!: string | null;

  @Shows('原因', { example: '委托评估房屋价值。' })
  reason!: string;

  @Shows('经办人', { ...TEXT, example: '刘调解' })
  byName!: string | null;

  @Shows('批准人；不须批准的为空', { ...TEXT, example: null })
  approvedByName!: string | null;

  @Shows('预计恢复日期', { ...TEXT, example: '2026-12-10' })
  expectedUntil!: string | null;
}

export class LedgerExtensionResponse {
  @Shows('延长前的期限', { example: '2026-12-21' })
  from!: string;

  @Shows('延长至', { example: '2026-12-31' })
  to!: string;

  @Shows('理由', { example: '被申请人下月返回。' })
  reason!: string;

  @Shows('经办人', { ...TEXT, example: '刘调解' })
  byName!: string | null;
}

export class LedgerDeadlineResponse {
  @Shows('本行的标记', { example: 'mediation_0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  key!: string;

  @Shows('期限', { values: LEDGER_KINDS, example: 'mediation' })
  kind!: string;

  @Shows('期限名称', { example: '调解期限' })
  kindName!: string;

  @Shows('由谁办理', { ...TEXT, example: '区住建局' })
  holder!: string | null;

  @Shows('哪一份、哪一项', { ...TEXT, example: '第1份协议第2项' })
  subjectWords!: string | null;

  @Shows('期限规则', { ...TEXT, example: 'mediation.people' })
  ruleId!: string | null;

  @Shows('期限规则名称', { ...TEXT, example: '人民调解' })
  ruleName!: string | null;

  @Shows('规则版本', { type: Number, nullable: true, example: 1 })
  ruleVersion!: number | null;

  @Shows('是否本中心的规则', { example: false })
  isOwnRule!: boolean;

  @Shows('依据', { ...TEXT, example: '《人民调解工作若干规定》第三十三条' })
  article!: string | null;

  @Shows('多长', { ...TEXT, example: '1个月' })
  termName!: string | null;

  @Shows('单位', { ...TEXT, example: 'calendar-month' })
  unit!: string | null;

  @Shows('起算', { example: AT })
  startsAt!: string;

  @Shows('原定截止：第一个超期的时刻', { ...TEXT, example: AT })
  originalDueAt!: string | null;

  @Shows('现行截止；暂停中为空', { ...TEXT, example: AT })
  currentDueAt!: string | null;

  @Shows('状态', { values: LEDGER_STATES, example: 'running' })
  state!: string;

  @Shows('状态名称', { example: '计算中' })
  stateName!: string;

  @Shows('灯；已经了结的为空', { values: LIGHTS, type: String, nullable: true, example: 'green' })
  light!: string | null;

  @Shows('灯的含义', { ...TEXT, example: '正常' })
  lightName!: string | null;

  @Shows('是否暂定：所跨年份的放假安排尚未启用', { example: false })
  isProvisional!: boolean;

  @Shows('所用日历的版本', { ...TEXT, example: '2025-1,2026-1' })
  calendarVersion!: string | null;

  @Shows('推算说明', { type: String, isArray: true, example: ['截止时间为2026年12月21日24时。'] })
  explanation!: readonly string[];

  @Shows('完成时间', { ...TEXT, example: null })
  metAt!: string | null;

  @Shows('不再计算的时间', { ...TEXT, example: null })
  stoppedAt!: string | null;

  @Shows('暂停', { type: LedgerPauseResponse, isArray: true })
  pauses!: LedgerPauseResponse[];

  @Shows('延长', { type: LedgerExtensionResponse, isArray: true })
  extensions!: readonly LedgerExtensionResponse[];
}

export class DeadlineLedgerResponse {
  @Shows('期限，正在计算的在前', { type: LedgerDeadlineResponse, isArray: true })
  items!: LedgerDeadlineResponse[];
}
