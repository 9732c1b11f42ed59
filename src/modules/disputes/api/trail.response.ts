import { TERM_DAY_KINDS } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { PERIOD_KINDS } from '../domain/mediation-period';

const AT = '2026-11-20T01:30:00.000Z';

class TermDayResponse {
  @Shows('日期', { example: '2026-11-21' })
  on!: string;

  @Shows('计算方式', { values: TERM_DAY_KINDS, example: 'counted' })
  kind!: string;

  @Shows('计算方式名称', { example: '计入' })
  kindName!: string;

  @Shows('期限的第几天；不计入的为空', { type: Number, nullable: true, example: 1 })
  ordinal!: number | null;

  @Shows('说明：节假日、调休或者暂停的原因', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('是否今天', { example: false })
  isToday!: boolean;
}

class TermPauseResponse {
  @Shows('原因', { example: '委托评估房屋价值。' })
  reason!: string;

  @Shows('暂停时间', { example: AT })
  pausedAt!: string;

  @Shows('恢复时间', { type: String, nullable: true, example: null })
  resumedAt!: string | null;

  @Shows('经办人', { type: String, nullable: true, example: '刘调解' })
  byName!: string | null;
}

class TermExtensionResponse {
  @Shows('延长至', { example: '2026-12-31' })
  untilOn!: string;

  @Shows('延长前的期限', { example: '2026-12-21' })
  previousDueOn!: string;

  @Shows('理由', { example: '被申请人下月返回。' })
  reason!: string;

  @Shows('各方同意之日', { example: '2026-12-18' })
  consentedOn!: string;

  @Shows('经办人', { type: String, nullable: true, example: '刘调解' })
  byName!: string | null;
}

class DeadlineExplanationResponse {
  @Shows('卷次', { example: 1 })
  volume!: number;

  @Shows('期限规则', { enum: PERIOD_KINDS, example: 'people' })
  rule!: string;

  @Shows('依据', { example: '《人民调解工作若干规定》第三十三条' })
  article!: string;

  @Shows('起算事由之日', { example: '2026-11-20' })
  startOn!: string;

  @Shows('原定期限', { example: '2026-12-21' })
  originalDueOn!: string;

  @Shows('现期限；暂停中为空', { type: String, nullable: true, example: '2026-12-21' })
  currentDueOn!: string | null;

  @Shows('是否暂定：缺少某年放假安排', { example: false })
  isProvisional!: boolean;

  @Shows('推算说明', { type: String, isArray: true, example: ['截止时间为2026年12月21日24时。'] })
  explanation!: string[];

  @Shows('所用放假安排的版本', { example: '2025-1,2026-1' })
  calendarVersion!: string;

  @Shows('停止计算的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('暂停', { type: TermPauseResponse, isArray: true })
  pauses!: TermPauseResponse[];

  @Shows('延长', { type: TermExtensionResponse, isArray: true })
  extensions!: TermExtensionResponse[];

  @Shows('逐日计算', { type: TermDayResponse, isArray: true })
  days!: TermDayResponse[];
}

export class DeadlineExplanationsResponse {
  @Shows('调解期限，新的在前', { type: DeadlineExplanationResponse, isArray: true })
  items!: DeadlineExplanationResponse[];
}

class AuditTrailEntryResponse {
  @Shows('日志链和序号', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718:12' })
  id!: string;

  @Shows('时间', { example: AT })
  at!: string;

  @Shows('操作', { example: 'disputes.read' })
  act!: string;

  @Shows('操作名称', { example: '查看事项' })
  actName!: string;

  @Shows('操作人', { example: '王敏' })
  actorName!: string;

  @Shows('对象类别', { example: 'dispute' })
  objectType!: string;
}

export class AuditTrailResponse {
  @Shows('查看和办理记录，新的在前', { type: AuditTrailEntryResponse, isArray: true })
  items!: AuditTrailEntryResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
